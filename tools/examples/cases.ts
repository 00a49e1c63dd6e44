/** Four invented people. Every name, number and genome here is made up. */

type Example = {
  readonly folder: string
  readonly alleles: Readonly<Record<string, readonly [string, string]>>
  readonly caseFile: Readonly<Record<string, unknown>>
  readonly clinical: Readonly<Record<string, unknown>>
  readonly environment: readonly Readonly<Record<string, unknown>>[]
}

const told = [
  'condition measures risks alternatives cost other-matters handler purpose method scope kinds retention disposal rights necessity impact',
  'health-effects privacy-measures voluntary withdrawal',
].flatMap((words) => words.split(' '))

const consent = (over: Record<string, unknown>) => ({
  by: 'subject',
  on: '2026-11-03',
  forms: ['written', 'explicit', 'separate'],
  covers: {
    activities: ['test', 'collect', 'use', 'store'],
    purposes: ['treatment'],
    categories: ['genetic', 'health', 'biospecimen'],
    recipients: [],
    abroad: false,
  },
  told,
  withdrawnOn: null,
  bundled: false,
  ...over,
})

const situation = (over: Record<string, unknown>) => ({
  at: '2026-11-20',
  jurisdictions: ['CN'],
  activity: 'use',
  purpose: 'treatment',
  necessity: [],
  data: {
    categories: ['genetic', 'health', 'biospecimen'],
    identifiability: 'identified',
    persons: 1,
    keySamples: false,
  },
  actor: {
    id: 'hospital',
    kind: 'medical-institution',
    country: 'CN',
    foreignControlled: false,
    role: 'handler',
    ciio: false,
  },
  recipient: null,
  cooperation: null,
  intervention: null,
  emergency: null,
  approvals: [{ kind: 'pipia', outcome: 'granted' }],
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
  ...over,
})

const adult = (age: number, over: Record<string, unknown> = {}) => ({
  age,
  capacity: 'full',
  conscious: true,
  deceased: false,
  mentalPatient: false,
  ...over,
})

const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] })
const subject = { reference: 'Patient/p1' }
const snomed = 'http://snomed.info/sct'
const active = coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'Active')

const condition = (id: string, code: string, display: string) => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: active,
  subject,
  code: coded(snomed, code, display),
})

const drug = (id: string, atc: string, name: string) => ({
  resourceType: 'MedicationStatement',
  id,
  status: 'active',
  subject,
  medicationCodeableConcept: coded('http://www.whocc.no/atc', atc, name),
})

const measured = (id: string, loinc: string, display: string, value: number, unit: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: coded('http://loinc.org', loinc, display),
  effectiveDateTime: '2026-11-02',
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
})

const eGfr = (value: number) =>
  measured('o1', '98979-8', 'GFR/BSA predicted by CKD-EPI 2021', value, 'mL/min/{1.73_m2}')
const weight = (value: number) => measured('o2', '29463-7', 'Body weight', value, 'kg')

const bundle = (gender: string, birthDate: string, resources: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [{ resourceType: 'Patient', id: 'p1', gender, birthDate }, ...resources].map((resource) => ({
    resource,
  })),
})

const hospital = { name: 'Hillside Hospital (invented)' }
const exposure = (factor: string, value: unknown, unit: string | null) => ({
  factor,
  value,
  unit,
  measuredOn: '2026-11-02',
})

export const examples: readonly Example[] = [
  {
    folder: 'permitted',
    alleles: { CYP2C19: ['*2', '*17'], SLCO1B1: ['*1', '*5'], CYP2C9: ['*1', '*1'] },
    caseFile: {
      situation: { id: 'permitted', ...situation({ subject: adult(67), consents: [consent({})] }) },
      subject: { id: 'example-1', name: 'Zhao Ming (invented)' },
      actor: hospital,
      indication: 'post-pci',
      candidateDrugs: ['clopidogrel', 'prasugrel', 'ticagrelor'],
    },
    clinical: bundle('male', '1959-03-14', [
      condition('c1', '394659003', 'Acute coronary syndrome'),
      eGfr(64),
      weight(71),
      drug('m1', 'A02BC01', 'omeprazole'),
      drug('m2', 'C10AA01', 'simvastatin'),
    ]),
    environment: [exposure('smoking', 'former', null)],
  },
  {
    folder: 'no-separate-consent',
    alleles: { DPYD: ['Reference', 'c.1905+1G>A (*2A)'] },
    caseFile: {
      situation: {
        id: 'no-separate-consent',
        ...situation({ subject: adult(58), consents: [consent({ forms: ['written', 'explicit'] })] }),
      },
      subject: { id: 'example-2', name: 'Qian Yue (invented)' },
      actor: hospital,
      indication: 'crc',
      candidateDrugs: ['capecitabine', 'fluorouracil'],
    },
    clinical: bundle('female', '1968-06-02', [
      condition('c1', '363406005', 'Malignant tumor of colon'),
      eGfr(88),
      weight(59),
    ]),
    environment: [],
  },
  {
    folder: 'withdrawn',
    alleles: { SLCO1B1: ['*5', '*15'] },
    caseFile: {
      situation: {
        id: 'withdrawn',
        ...situation({ subject: adult(49), consents: [consent({ withdrawnOn: '2026-11-10' })] }),
      },
      subject: { id: 'example-3', name: 'Sun Ke (invented)' },
      actor: hospital,
      indication: 'lipids',
      candidateDrugs: ['simvastatin', 'rosuvastatin', 'pravastatin'],
    },
    clinical: bundle('male', '1977-01-09', [
      condition('c1', '55822004', 'Hyperlipidemia'),
      eGfr(95),
      weight(83),
    ]),
    environment: [],
  },
  {
    folder: 'emergency',
    alleles: { CYP2C19: ['*2', '*3'] },
    caseFile: {
      situation: {
        id: 'emergency',
        ...situation({
          activity: 'treat',
          purpose: 'emergency',
          necessity: ['protect-life'],
          subject: adult(71, { conscious: false }),
          representatives: [{ relation: 'child', reachable: false }],
          intervention: {
            kind: 'drug',
            experimental: false,
            offLabel: false,
            betterOptionExists: false,
            risk: 'high',
            costBurden: 'ordinary',
          },
          emergency: {
            lifeThreatening: true,
            consentObtainable: false,
            approver: 'head-or-authorised-person',
          },
          consents: [],
        }),
      },
      subject: { id: 'example-4', name: 'Li An (invented)' },
      actor: hospital,
      indication: 'post-pci',
      candidateDrugs: ['clopidogrel', 'prasugrel', 'ticagrelor'],
    },
    clinical: bundle('female', '1955-08-30', [
      condition('c1', '394659003', 'Acute coronary syndrome'),
      eGfr(51),
      weight(57),
    ]),
    environment: [],
  },
]
