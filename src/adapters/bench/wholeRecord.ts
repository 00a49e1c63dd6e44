import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '#kernel'
import type { Case, FhirResource } from '#usecases'
import { readText } from '../casefolder/readText.ts'
import { resourcesOf } from '../fhir/resources.ts'
import { given } from './parts.ts'

type Entry = { readonly resource: { readonly resourceType: string; readonly id: string } }
type Bundle = { readonly entry: readonly Entry[] }

/** The example's case with a record of as many entries as years of care leave: its own observations, again and again. */
export async function makeWholeRecord(example: string, folder: string, entries: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  await cp(example, folder, { recursive: true })
  const path = join(folder, 'clinical.json')
  const bundle = JSON.parse(await readFile(path, 'utf8')) as Bundle
  const observations = bundle.entry.filter(({ resource }) => resource.resourceType === 'Observation')
  const made = Array.from({ length: Math.max(0, entries - bundle.entry.length) }, (_, i): Entry => {
    const { resource } = observations[i % observations.length]!
    return { resource: { ...resource, id: `made-${i}` } }
  })
  await writeFile(path, JSON.stringify({ ...bundle, entry: [...bundle.entry, ...made] }))
  return folder
}

const mostBytes = 64 << 20

/** The record of a case as the program reads it, without leave. */
export async function readWholeRecord({ folder, subject }: Case): Promise<readonly FhirResource[]> {
  const text = given(await readText(folder, 'clinical.json', mostBytes))
  return given(resourcesOf(given(parseJson(text.value, text.file)), text.file, subject.id))
}
