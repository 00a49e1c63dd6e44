import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'
import { err, type Fault, inputFault, jsonPath, kindOf, ok, type Result } from '#kernel'

/** `value` as `schema` has it, or the first place that keeps it from being so; values are never repeated. */
export function readShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  where: string,
  code: string,
): Result<Static<Schema>, Fault> {
  if (Value.Check(schema, value)) return ok(value as Static<Schema>)
  // The deepest flaw: where one of several shapes was meant, it says more than that none fits.
  const flaws = Value.Errors(schema, value).map(({ instancePath, message, params }) => {
    const missing = (params as { readonly requiredProperties?: readonly string[] }).requiredProperties
    const steps = [...instancePath.split('/').slice(1), ...(missing?.slice(0, 1) ?? [])]
    return {
      steps,
      found: missing ? 'nothing' : kindOf(valueAt(value, steps)),
      expected: missing ? 'a value' : message,
    }
  })
  const { steps, found, expected } = flaws.reduce((best, one) =>
    one.steps.length > best.steps.length ? one : best,
  )
  return err(inputFault(code, where + jsonPath(steps), found, expected))
}

const valueAt = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], value)
