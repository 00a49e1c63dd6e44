// Made by `npm run knowledge` from the terms of the Data Use Ontology. Do not edit.
// Source: duo.csv of the GA4GH Data Use Ontology (EBISPOT/DUO; the table states no version). Licence: CC-BY-4.0.

export const duoIds = {
  CC: 'DUO:0000043',
  COL: 'DUO:0000020',
  DS: 'DUO:0000007',
  GRU: 'DUO:0000042',
  GS: 'DUO:0000022',
  GSO: 'DUO:0000016',
  HMB: 'DUO:0000006',
  IRB: 'DUO:0000021',
  IS: 'DUO:0000028',
  MOR: 'DUO:0000024',
  NCU: 'DUO:0000046',
  NMDS: 'DUO:0000015',
  NPOA: 'DUO:0000044',
  NPU: 'DUO:0000045',
  NPUNCU: 'DUO:0000018',
  NRES: 'DUO:0000004',
  POA: 'DUO:0000011',
  PS: 'DUO:0000027',
  PUB: 'DUO:0000019',
  RS: 'DUO:0000012',
  RTN: 'DUO:0000029',
  TS: 'DUO:0000025',
  US: 'DUO:0000026',
} as const
export type DuoShorthand = keyof typeof duoIds
