import type { Day } from '#kernel'

/** A measured factor of the environment. */
export type Exposure = {
  /** The factor's name in the tables, or as it was given when they do not know it. */
  readonly factor: string
  readonly state: 'absent' | 'present' | 'stopped' | 'unclear'
  readonly amount: { readonly value: number; readonly unit: string } | null
  /** Of somebody who stopped: how much before, per day, and how many days ago. */
  readonly before: number | null
  readonly daysSince: number | null
  readonly measuredOn: Day | null
  readonly from: string
}

const factorNames: { readonly [given: string]: string } = {
  smoking: 'smoking',
  tobacco: 'smoking',
  'tobacco smoking': 'smoking',
  cigarettes: 'smoking',
  nicotine: 'nicotine',
  'e-cigarette': 'nicotine',
  vaping: 'nicotine',
  cannabis: 'cannabis',
  grapefruit: 'grapefruit',
  'grapefruit juice': 'grapefruit',
  grapefruitjuice: 'grapefruit',
  alcohol: 'alcohol',
  ethanol: 'alcohol',
  "st john's wort": "St John's wort",
  'st. john’s wort': "St John's wort",
  'st john’s wort': "St John's wort",
  "st. john's wort": "St John's wort",
  'st johns wort': "St John's wort",
  'saint john’s wort': "St John's wort",
  stjohnswort: "St John's wort",
  'hypericum perforatum': "St John's wort",
  hypericum: "St John's wort",
  'charbroiled meat': 'charbroiled meat',
  'grilled meat': 'charbroiled meat',
  'cruciferous vegetables': 'cruciferous vegetables',
  'vitamin k': 'vitamin K',
  'vitamin k intake': 'vitamin K',
  tyramine: 'tyramine',
  'tyramine-rich food': 'tyramine',
  'fava beans': 'fava beans',
  naphthalene: 'naphthalene',
  mothballs: 'naphthalene',
  henna: 'naphthalene',
  uv: 'UV',
  'uv index': 'UV',
  sunlight: 'UV',
  'pm2.5': 'PM2.5',
  pm25: 'PM2.5',
  'pm2.5 annual': 'PM2.5 annual',
  no2: 'NO2',
  ozone: 'ozone',
  o3: 'ozone',
  dust: 'dust',
  altitude: 'altitude',
  heat: 'heat',
  'ambient temperature': 'heat',
  temperature: 'heat',
  solvents: 'solvents',
  'occupational solvents': 'solvents',
  lead: 'lead',
  'blood lead': 'lead',
  fasting: 'fasting',
  'food with dose': 'food with dose',
  'high-fat meal': 'high-fat meal',
  dairy: 'dairy or antacid',
  calcium: 'dairy or antacid',
  iron: 'dairy or antacid',
  antacid: 'dairy or antacid',
  caffeine: 'caffeine',
  coffee: 'caffeine',
  liquorice: 'liquorice',
  licorice: 'liquorice',
  curcumin: 'curcumin',
  diosmin: 'curcumin',
}

/** The tables' name of a factor; undefined when no table knows it. */
export const factorOf = (given: string): string | undefined => {
  const plain = given.trim().toLowerCase()
  return Object.hasOwn(factorNames, plain) ? factorNames[plain] : undefined
}

/** Factors to the unit of the table, per unit in which an amount may be given. A glass is 200 mL; a US drink 14 g, a UK unit 8 g. */
const conversions: { readonly [tableUnit: string]: { readonly [unit: string]: number } } = {
  'mL/day': {
    'mL/day': 1,
    'ml/day': 1,
    'mL/d': 1,
    'L/day': 1000,
    'glasses/day': 200,
    'glass/day': 200,
    'glasses/week': 200 / 7,
    'mL/week': 1 / 7,
  },
  'drinks/day': {
    'drinks/day': 1,
    'drinks/week': 1 / 7,
    'g/day': 1 / 14,
    'g/week': 1 / 98,
    'units/day': 8 / 14,
    'units/week': 8 / 98,
  },
  'cigarettes/day': {
    'cigarettes/day': 1,
    '1/day': 1,
    '/day': 1,
    '1/d': 1,
    '{cigarettes}/d': 1,
    'packs/day': 20,
  },
  'joints/week': { 'joints/week': 1, '1/week': 1, 'joints/day': 7 },
  'ug/m3': { 'ug/m3': 1, 'µg/m3': 1, 'μg/m3': 1, 'µg/m³': 1, 'μg/m³': 1, 'mg/m3': 1000 },
  'mg/day': { 'mg/day': 1, 'mg/d': 1, 'g/day': 1000 },
  'ug/dL': { 'ug/dL': 1, 'µg/dL': 1, 'μg/dL': 1, 'ug/L': 0.1 },
  m: { m: 1, km: 1000, '[ft_i]': 0.3048, ft: 0.3048 },
  Cel: { Cel: 1, '°C': 1, degC: 1 },
  h: { h: 1, hours: 1, d: 24, days: 24 },
  index: { index: 1, '1': 1, '': 1 },
}

/** The amount in the table's unit; null when none was given or its unit cannot be compared. */
export function amountIn(exposure: Exposure, tableUnit: string): number | null {
  const units = conversions[tableUnit]
  if (exposure.amount === null || units === undefined || !Object.hasOwn(units, exposure.amount.unit))
    return null
  return exposure.amount.value * units[exposure.amount.unit]!
}
