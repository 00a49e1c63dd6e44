import { join } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import type { PlanKnowledge, Source } from '#plan'
import { readJsonFile } from '../files/readJson.ts'
import * as rows from './planRows.ts'
import { Cell, TableFlaw } from './tableJson.ts'

type Tables = { readonly [name in (typeof names)[number]]: Cell }
const names = [
  'recommendations',
  'drugs',
  'indications',
  'interactions',
  'organ',
  'exposures',
  'conditions',
] as const

/** The tables that the plan is made with; a missing or damaged one is named. `folder` is `knowledge/`. */
export async function readPlanKnowledge(folder: string): Promise<Result<PlanKnowledge, Fault>> {
  const cells: { [name: string]: Cell } = {}
  for (const name of names) {
    const room = name === 'recommendations' || name === 'drugs' ? 'guidance' : 'clinical'
    const file = `${room}/${name}.json`
    const document = await readJsonFile(join(folder, file))
    if (!document.ok) return err({ ...document.error, kind: 'surroundings', where: `knowledge/${file}` })
    cells[name] = new Cell(document.value, `knowledge/${file} $`)
  }
  try {
    return ok(parseTables(cells as Tables))
  } catch (error) {
    if (error instanceof TableFlaw)
      return err(surroundingsFault('knowledge.damaged', error.path, error.found, error.expected))
    throw error
  }
}

function parseTables(tables: Tables): PlanKnowledge {
  const { recommendations, interactions } = tables
  const guidelines = new Map<string, Source>(
    recommendations.at('guidelines').rows((cell) => [cell.at('id').text(), rows.readSource(cell)] as const),
  )
  return {
    drugs: tables.drugs.at('rows').rows(rows.readDrug),
    guidance: recommendations.at('rows').rows(rows.readGuidance(guidelines)),
    halfFunction: { DPYD: recommendations.at('halfFunction').at('DPYD').texts() },
    indications: tables.indications.at('rows').rows(rows.readIndication),
    modifiers: interactions.at('modifiers').rows(rows.readModifier),
    pairs: interactions.at('pairs').rows(rows.readPair),
    substrates: interactions
      .at('substrates')
      .rows((cell) => ({ target: cell.at('target').text(), drugs: cell.at('drugs').texts() })),
    byStrength: interactions
      .at('byStrength')
      .rows((cell) => ({ key: cell.at('key').text(), says: cell.at('says').rows(rows.readStatement) })),
    sameEffect: interactions
      .at('sameEffect')
      .rows((cell) => ({ effect: cell.at('effect').text(), members: cell.at('members').texts() })),
    organ: tables.organ.at('rows').rows(rows.readOrgan),
    exposures: tables.exposures.at('rows').rows(rows.readExposure),
    conditions: tables.conditions.at('conditions').rows(rows.readConditionEntry),
    conditionRows: tables.conditions.at('rows').rows(rows.readConditionRow),
  }
}
