declare module 'json-logic-js' {
  type Operation = (...values: never[]) => unknown
  const jsonLogic: {
    apply(rule: unknown, data: unknown): unknown
    truthy(value: unknown): boolean
    add_operation(name: string, operation: Operation): void
  }
  export default jsonLogic
}
