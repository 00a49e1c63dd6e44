import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  careConsent,
  formsOf,
  geneticUse,
  grown,
  laboratoryTest,
  operation,
  partiesFor,
  rule,
  surgery,
} from './situations.ts'

test('who consents to an operation on a capable adult, by the day (CF-01)', () => {
  const patient = ['subject']
  const both = ['family-or-related-person', 'subject']
  const table: [day: string, parties: string[], outcome: string, displacedBy: string[]][] = [
    ['1994-08-31', [], 'refer', []],
    ['1994-09-01', both, 'deny', []],
    ['2005-06-01', both, 'deny', []],
    ['2010-06-30', both, 'deny', []],
    ['2010-07-01', patient, 'permit', ['CN-TORT-55']],
    ['2015-06-01', patient, 'permit', ['CN-TORT-55']],
    ['2020-05-31', patient, 'permit', ['CN-TORT-55']],
    ['2020-06-01', patient, 'permit', ['CN-BHHP-32', 'CN-TORT-55']],
    ['2020-12-31', patient, 'permit', ['CN-BHHP-32', 'CN-TORT-55']],
    ['2021-01-01', patient, 'permit', ['CN-BHHP-32', 'CN-CC-1219-1']],
    ['2022-03-01', patient, 'permit', ['CN-BHHP-32', 'CN-CC-1219-1', 'CN-PHYS-25']],
    ['2022-04-30', patient, 'permit', ['CN-BHHP-32', 'CN-CC-1219-1', 'CN-PHYS-25']],
    ['2022-05-01', patient, 'permit', []],
    ['2026-11-24', patient, 'permit', []],
  ]
  for (const [day, parties, outcome, by] of table) {
    const ruling = rule(operation(day, { consents: [careConsent()] }))
    assert.deepEqual(partiesFor(ruling, 'care'), parties, day)
    assert.equal(ruling.outcome.replace('-with-duties', ''), outcome, day)
    const entries = ruling.displaced.filter(({ norm }) => norm === 'CN-MIR-1994-33')
    assert.deepEqual(entries.map((entry) => entry.by).sort(), by, day)
    assert.ok(
      entries.every(({ principle }) => principle === 'superior'),
      day,
    )
    if (by.length > 0)
      assert.ok(!ruling.norms.includes('CN-MIR-1994-33'), `${day}: outranked and still cited`)
  }
})

test('a superior norm prevails by the Legislation Law of the day', () => {
  const table: [day: string, cited: string][] = [
    ['2015-03-14', 'CN-LEGIS-2000-79'],
    ['2015-03-15', 'CN-LEGIS-2015-88'],
    ['2022-04-30', 'CN-LEGIS-2015-88'],
  ]
  for (const [day, cited] of table) assert.ok(rule(operation(day)).norms.includes(cited), day)
  assert.ok(!rule(operation('2005-06-01')).norms.some((norm) => norm.startsWith('CN-LEGIS')))
})

test('in which form the patient consents, by day and danger (CF-02)', () => {
  const costly = { ...surgery, kind: 'special-examination', risk: 'low', costBurden: 'heavy' }
  const costlyTest = { ...laboratoryTest, costBurden: 'heavy' }
  const table: [day: string, intervention: object, forms: string[] | undefined][] = [
    ['2002-08-31', surgery, []],
    ['2002-09-01', surgery, ['signed']],
    ['2010-02-28', surgery, ['signed']],
    ['2010-03-01', surgery, []],
    ['2010-07-01', costly, ['written']],
    ['2020-12-31', costly, ['written']],
    ['2021-01-01', costly, ['explicit']],
    ['2021-01-01', surgery, ['explicit', 'written']],
    ['2026-11-24', { ...costly, risk: 'high' }, ['explicit', 'written']],
    ['2026-11-24', costlyTest, ['explicit']],
    ['2026-11-24', laboratoryTest, undefined],
    ['2015-06-01', laboratoryTest, undefined],
  ]
  for (const [day, intervention, forms] of table) {
    const ruling = rule(operation(day, { intervention }))
    if (forms === undefined) assert.deepEqual(partiesFor(ruling, 'care'), [], day)
    else assert.deepEqual(formsOf(ruling, 'subject', 'care'), forms, day)
  }
})

test('a spoken consent was enough for danger-free care from 2021-01-01 on, not the day before', () => {
  const intervention = { ...surgery, kind: 'special-treatment', risk: 'low', costBurden: 'heavy' }
  const consents = [careConsent({ forms: ['oral', 'explicit', 'recorded'] })]
  const before = rule(operation('2020-12-31', { intervention, consents }))
  assert.deepEqual([before.outcome, before.forbiddenBy.map(({ norm }) => norm)], ['deny', ['CN-TORT-55']])
  assert.match(rule(operation('2021-01-01', { intervention, consents })).outcome, /^permit/)
  assert.equal(
    rule(operation('2021-01-01', { intervention: { ...intervention, risk: 'high' }, consents })).outcome,
    'deny',
  )
})

test('who consents for a patient who cannot (CF-03, CF-10)', () => {
  const unconscious = { ...grown, conscious: false }
  const spared = { ...grown, tellingInadvisable: true }
  const child = { ...grown, age: 7, capacity: 'none' }
  const youth = { ...grown, age: 15, capacity: 'limited' }
  const worker = { ...grown, age: 16, capacity: 'full' }
  const ward = { ...grown, age: 70, capacity: 'none' }
  const family = [{ relation: 'spouse', reachable: true }]
  const table: [day: string, subject: object, parties: string[]][] = [
    ['2005-06-01', unconscious, ['family-or-related-person']],
    ['2005-06-01', child, ['family-or-related-person', 'guardian']],
    ['2010-06-30', unconscious, ['family-or-related-person']],
    ['2010-07-01', unconscious, ['near-relative']],
    ['2015-06-01', spared, ['near-relative']],
    ['2020-06-01', unconscious, ['near-relative']],
    ['2021-01-01', spared, ['near-relative']],
    ['2026-11-24', spared, ['near-relative']],
    ['2026-11-24', child, ['guardian']],
    ['2026-11-24', youth, ['guardian']],
    ['2026-11-24', worker, ['subject']],
    ['2026-11-24', { ...youth, age: 17 }, ['guardian']],
    ['2026-11-24', { ...grown, age: 18 }, ['subject']],
    ['2026-11-24', ward, ['guardian']],
    ['2026-11-24', { ...ward, conscious: false }, ['guardian']],
  ]
  for (const [day, subject, parties] of table) {
    const ruling = rule(operation(day, { subject, representatives: family }))
    assert.deepEqual(partiesFor(ruling, 'care'), parties, `${day} ${JSON.stringify(subject)}`)
  }
})

test('whose word counts for an unconscious patient: related persons until 2010-06-30, then near relatives or an agent', () => {
  const subject = { ...grown, conscious: false }
  const given = (by: string, relation: string) => [
    careConsent({ by: by as 'near-relative', relation: relation as 'friend' }),
  ]
  const friend = [{ relation: 'friend', reachable: true, mandate: false }]
  const agent = [{ relation: 'agent', reachable: true, mandate: true }]
  const table: [day: string, representatives: object[], consents: object[], permitted: boolean][] = [
    ['2010-06-30', friend, given('family-or-related-person', 'friend'), true],
    ['2010-07-01', friend, given('family-or-related-person', 'friend'), false],
    ['2010-07-01', friend, given('near-relative', 'friend'), false],
    ['2015-06-01', friend, given('family-or-related-person', 'grandchild'), true],
    ['2026-11-24', friend, given('near-relative', 'sibling'), true],
    ['2026-11-24', friend, given('family-or-related-person', 'friend'), false],
    ['2026-11-24', agent, given('authorised-agent', 'agent'), true],
    ['2026-11-24', friend, given('authorised-agent', 'agent'), false],
  ]
  for (const [day, representatives, consents, permitted] of table) {
    const ruling = rule(operation(day, { subject, representatives, consents }))
    assert.equal(ruling.outcome.startsWith('permit'), permitted, `${day} ${JSON.stringify(consents[0])}`)
  }
})

test('who approves a rescue without consent (CF-04)', () => {
  const emergency = (approver: string, more: object = {}) => ({
    lifeThreatening: true,
    consentObtainable: false,
    approver,
    ...more,
  })
  const rescue = { purpose: 'emergency', subject: { ...grown, conscious: false } }
  const table: [day: string, emergency: object, outcome: string][] = [
    ['2005-06-01', emergency('head-or-authorised-person'), 'permit-with-duties'],
    ['2005-06-01', emergency('treating-doctor'), 'deny'],
    ['2010-07-01', emergency('head-or-authorised-person'), 'permit-with-duties'],
    ['2020-12-31', emergency('none'), 'deny'],
    ['2021-01-01', emergency('head-or-authorised-person'), 'permit-with-duties'],
    ['2026-11-24', emergency('head-and-ethics-committee'), 'permit-with-duties'],
    ['2026-11-24', emergency('treating-doctor'), 'deny'],
    ['2026-11-24', emergency('head-or-authorised-person', { lifeThreatening: false }), 'deny'],
    ['2026-11-24', emergency('head-or-authorised-person', { consentObtainable: true }), 'deny'],
  ]
  for (const [day, facts, outcome] of table) {
    const ruling = rule(operation(day, { ...rescue, emergency: facts }))
    assert.equal(ruling.outcome, outcome, `${day} ${JSON.stringify(facts)}`)
    if (outcome === 'deny') continue
    assert.deepEqual(partiesFor(ruling, 'care'), ['head-or-authorised-person'], day)
    assert.equal(ruling.duties.find(({ code }) => code === 'complete-rescue-record')?.deadlineDays, 0.25, day)
  }
})

test('an approval counts for a rescue only while it runs', () => {
  const at = '2026-11-24'
  const subject = { ...grown, conscious: false }
  const emergency = { lifeThreatening: true, consentObtainable: false }
  const approval = (more: object) => ({ kind: 'head-of-institution', outcome: 'granted', ...more })
  const signed = (more: object) => ({
    by: 'head-or-authorised-person',
    forms: [],
    withdrawnOn: null,
    ...more,
  })
  const table: [facts: object, satisfied: boolean | string][] = [
    [{ approvals: [approval({})] }, true],
    [{ approvals: [approval({ on: at, expires: at })] }, true],
    [{ approvals: [approval({ on: '2026-11-25' })] }, 'unknown'],
    [{ approvals: [approval({ on: '2026-01-01', expires: '2026-11-23' })] }, 'unknown'],
    [{ consents: [signed({ on: at })] }, true],
    [{ consents: [signed({ on: '2026-11-25' })] }, 'unknown'],
    [{ consents: [signed({ on: '2026-11-01', withdrawnOn: '2026-11-24' })] }, 'unknown'],
  ]
  for (const [facts, satisfied] of table) {
    const ruling = rule(operation(at, { subject, emergency, purpose: 'emergency', ...facts }))
    const demand = ruling.whoMustConsent.find(({ party }) => party === 'head-or-authorised-person')
    assert.equal(demand?.satisfied, satisfied, JSON.stringify(facts))
  }
})

test('relatives who are out of reach, silent or divided make an opinion unobtainable from 2021-01-01 on', () => {
  const emergency = { lifeThreatening: true, approver: 'head-or-authorised-person' }
  const subject = { ...grown, conscious: false }
  const near = (consents: string, reachable = true) => ({ relation: 'child', reachable, consents })
  const table: [relatives: object[], outcome: string][] = [
    [[], 'permit-with-duties'],
    [[near('yes', false)], 'permit-with-duties'],
    [[near('silent')], 'permit-with-duties'],
    [[near('yes'), near('no')], 'permit-with-duties'],
    [[near('no')], 'unknown-facts'],
    [[{ relation: 'friend', reachable: true, consents: 'yes' }], 'permit-with-duties'],
  ]
  for (const [representatives, outcome] of table) {
    const ruling = rule(
      operation('2021-01-01', { subject, emergency, representatives, purpose: 'emergency' }),
    )
    assert.equal(ruling.outcome, outcome, JSON.stringify(representatives))
    if (outcome !== 'unknown-facts') assert.ok(ruling.norms.includes('CN-SPC-MED-2020-18'))
  }
})

test('the special rule for mental patients goes before the general one', () => {
  const intervention = { ...surgery, destroysOrganFunction: true }
  const subject = { ...grown, mentalPatient: true, capacity: 'none' }
  const emergency = (approver: string) => ({ lifeThreatening: true, consentObtainable: false, approver })
  const alone = rule(
    operation('2026-11-24', { intervention, subject, emergency: emergency('head-or-authorised-person') }),
  )
  assert.equal(alone.outcome, 'deny')
  const together = rule(
    operation('2026-11-24', { intervention, subject, emergency: emergency('head-and-ethics-committee') }),
  )
  assert.equal(together.outcome, 'permit-with-duties')
  assert.deepEqual(partiesFor(together, 'care'), ['ethics-committee', 'head-or-authorised-person'])
})

test('the basis of processing, by the day (CF-13)', () => {
  const staff = (at: string) => ({
    ...geneticUse(at),
    activity: 'collect',
    purpose: 'employment',
    necessity: ['hr-management'],
    actor: {
      id: 'works',
      kind: 'employer',
      country: 'CN',
      foreignControlled: false,
      role: 'handler',
      ciio: false,
    },
    data: { categories: ['identity'], identifiability: 'identified', persons: 1 },
  })
  const table: [day: string, outcome: string][] = [
    ['2017-05-31', 'refer'],
    ['2017-06-01', 'deny'],
    ['2021-06-01', 'deny'],
    ['2021-10-31', 'deny'],
    ['2021-11-01', 'permit-with-duties'],
    ['2026-11-24', 'permit-with-duties'],
  ]
  for (const [day, outcome] of table) assert.equal(rule(staff(day)).outcome, outcome, day)
  assert.ok(
    rule(staff('2021-11-01')).displaced.some(
      ({ norm, by }) => norm === 'CN-CSL-2016-41' && by === 'CN-PIPL-13',
    ),
  )
})

test('which gate genetic information passes on its way abroad, and who keeps it (CF-16, CF-17)', () => {
  const table: [day: string, gates: string[], authority: string | undefined][] = [
    ['2019-06-30', ['most-moh-approval'], undefined],
    ['2019-07-01', ['hgr-information-backup', 'hgr-information-filing'], undefined],
    ['2021-04-14', ['hgr-information-backup', 'hgr-information-filing'], undefined],
    ['2021-04-15', ['hgr-information-backup', 'hgr-prior-report'], 'CN-MOST'],
    ['2024-04-25', ['hgr-information-backup', 'hgr-prior-report'], 'CN-MOST'],
    ['2024-04-26', ['hgr-information-backup', 'hgr-prior-report'], 'CN-NHC'],
    ['2024-05-01', ['hgr-information-backup', 'hgr-prior-report'], 'CN-NHC'],
  ]
  const wanted = ['most-moh-approval', 'hgr-information-filing', 'hgr-prior-report', 'hgr-information-backup']
  for (const [at, gates, authority] of table) {
    const ruling = rule({
      at,
      activity: 'transfer-abroad',
      purpose: 'research',
      recipient: {
        id: 'abroad',
        kind: 'research-institution',
        country: 'DE',
        foreignControlled: true,
        role: 'handler',
      },
      cooperation: { international: true, marketingTrial: false, materialExport: false },
      data: {
        categories: ['genetic'],
        identifiability: 'identified',
        persons: 3,
        exomesOrGenomes: 3,
        importantData: false,
        keySamples: false,
        sensitiveAbroadThisYear: 3,
        fromHgrMaterial: true,
      },
    })
    assert.deepEqual(
      ruling.duties
        .map(({ code }) => code)
        .filter((code) => wanted.includes(code))
        .sort(),
      gates,
      at,
    )
    assert.equal(ruling.duties.find(({ code }) => code === 'hgr-prior-report')?.authority, authority, at)
    assert.equal(ruling.outcome, 'deny')
  }
})

test('who proves what, by the law of the day of the facts (CF-06, CF-08)', () => {
  const dispute = (factsOn: string, more: object = {}) => ({
    claim: 'medical-damage',
    factsOn,
    normsViolated: false,
    recordsWithheld: false,
    recordsAltered: false,
    recordsLost: false,
    recordsDestroyed: false,
    ...more,
  })
  const table: [at: string, dispute: object, fact: string, party: string | undefined][] = [
    ['2005-06-01', dispute('2005-06-01'), 'fault', 'medical-institution'],
    ['2010-06-30', dispute('2010-06-30'), 'fault', 'medical-institution'],
    ['2010-07-01', dispute('2010-07-01'), 'fault', 'claimant'],
    ['2020-12-31', dispute('2020-12-31', { recordsLost: true }), 'fault', 'claimant'],
    ['2021-01-01', dispute('2021-01-01', { recordsLost: true }), 'fault', 'medical-institution'],
    ['2026-11-24', dispute('2020-12-31', { recordsLost: true }), 'fault', 'claimant'],
    ['2026-11-24', dispute('2015-06-01', { recordsAltered: true }), 'fault', 'medical-institution'],
    [
      '2026-11-24',
      dispute('2026-06-01', { claim: 'duty-to-inform' }),
      'information-and-consent',
      'medical-institution',
    ],
    ['2026-11-24', dispute('2026-06-01', { claim: 'pi-infringement' }), 'pi-fault', 'pi-handler'],
  ]
  for (const [at, facts, fact, party] of table) {
    const ruling = rule({ at, activity: 'resolve-dispute', purpose: 'litigation', dispute: facts })
    assert.equal(ruling.outcome, 'refer')
    assert.equal(
      ruling.burdenOfProof.find((burden) => burden.fact === fact)?.party,
      party,
      `${at} ${JSON.stringify(facts)}`,
    )
  }
})

test('what is told before care grows with the law', () => {
  const table: [day: string, told: string[]][] = [
    ['1999-04-30', ['condition', 'measures']],
    ['2002-09-01', ['condition', 'measures', 'risks']],
    ['2010-07-01', ['alternatives', 'condition', 'measures', 'risks']],
    ['2020-05-31', ['alternatives', 'condition', 'measures', 'risks']],
    ['2020-06-01', ['alternatives', 'condition', 'cost', 'measures', 'risks']],
    ['2022-03-01', ['alternatives', 'condition', 'cost', 'measures', 'other-matters', 'risks']],
  ]
  for (const [day, told] of table) assert.deepEqual([...rule(operation(day)).mustTell].sort(), told, day)
  const consents = [careConsent({ told: ['condition', 'measures', 'risks', 'alternatives'] })]
  const explained = (day: string) =>
    rule(operation(day, { consents })).duties.find(({ code }) => code === 'explain-care')?.met
  assert.deepEqual([explained('2020-05-31'), explained('2020-06-01')], [true, false])
})
