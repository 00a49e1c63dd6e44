import { type Fault, isRecord, kindOf, ok, type Result } from '#kernel'
import { type Exposure, factorOf } from '#person'
import { dayIn, type Element, type FhirFault, fault, textOf } from './element.ts'

const absent = ['never', 'none', 'no', 'absent', 'false', 'non-smoker', 'nonsmoker']
const stopped = ['stopped', 'former', 'quit', 'ex-smoker', 'past']
const present = [
  'current',
  'yes',
  'daily',
  'true',
  'present',
  'smoker',
  'occasional',
  'weekly',
  'heavy',
  'moderate',
  'light',
  'regular',
]

/** `environment.json`: exposures with value, unit and day. Without a unit a number still says that there is some. */
export function parseEnvironment(
  value: unknown,
  where: string,
): Result<readonly Exposure[], Fault<FhirFault>> {
  if (!Array.isArray(value)) return fault('fhir.shape', `${where} $`, kindOf(value), 'an array of exposures')
  const exposures: Exposure[] = []
  for (const [i, item] of value.entries()) {
    const path = `${where} $[${i}]`
    if (!isRecord(item))
      return fault('fhir.shape', path, kindOf(item), 'an object with factor, value, unit, measuredOn')
    const exposure = parseExposure(item, path)
    if (!exposure.ok) return exposure
    exposures.push(exposure.value)
  }
  return ok(exposures)
}

function parseExposure(item: Element, path: string): Result<Exposure, Fault<FhirFault>> {
  const name = textOf(item['factor'])
  if (name === null)
    return fault('fhir.shape', `${path}.factor`, kindOf(item['factor']), 'the name of a factor')
  const unit = item['unit'] ?? null
  if (unit !== null && typeof unit !== 'string')
    return fault('fhir.shape', `${path}.unit`, kindOf(unit), 'text or null')
  const measuredOn = dayIn(item['measuredOn'], `${path}.measuredOn`)
  if (!measuredOn.ok) return measuredOn
  const given = item['value']
  const factor = factorOf(name) ?? name
  if (typeof given === 'number') {
    const cold = factor === 'heat' || factor === 'altitude'
    if (!Number.isFinite(given) || (given < 0 && !cold))
      return fault('fhir.value', `${path}.value`, 'a negative amount', 'zero or more')
    const state = given === 0 && !cold ? 'absent' : 'present'
    return ok({ factor, state, amount: { value: given, unit: unit ?? '' }, ...rest(path, measuredOn.value) })
  }
  if (typeof given !== 'string' && typeof given !== 'boolean' && given !== null)
    return fault('fhir.shape', `${path}.value`, kindOf(given), 'a number, text, true, false or null')
  return ok({ factor, state: stateOf(given), amount: null, ...rest(path, measuredOn.value) })
}

const rest = (path: string, measuredOn: Exposure['measuredOn']) => ({
  before: null,
  daysSince: null,
  measuredOn,
  from: path,
})

function stateOf(given: string | boolean | null): Exposure['state'] {
  const word = String(given).trim().toLowerCase()
  if (absent.includes(word)) return 'absent'
  if (stopped.includes(word)) return 'stopped'
  return present.includes(word) ? 'present' : 'unclear'
}
