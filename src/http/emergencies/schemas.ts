import { Type } from 'typebox'
import { emergencyFindings, emergencyParts, emergencyReasons } from '#usecases'
import { closed } from '../closed.ts'
import { governedView, ReceiptView } from '../schemas.ts'
import { EmergencyView } from './view.ts'

const Id = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' })
const oneOf = (codes: readonly string[]) => Type.Union(codes.map((code) => Type.Literal(code)))
/** Longer than what is taken, so that whoever writes too much is told so by its own code. */
const Words = Type.String({ maxLength: 2000, description: 'a sentence of one’s own' })

export const EmergencyParams = Type.Object({ caseId: Id, emergencyId: Id }, closed)
export const LookParams = Type.Object(
  { caseId: Id, emergencyId: Id, part: Type.String({ enum: [...emergencyParts] }) },
  closed,
)
export const ReviewParams = Type.Object({ emergencyId: Id }, closed)
export const OpeningBody = Type.Object({ reason: oneOf(emergencyReasons), words: Words }, closed)
export const EndBody = Type.Object({}, closed)
export const ReviewBody = Type.Object({ finding: oneOf(emergencyFindings), words: Words }, closed)

export const EmergencyDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  emergency: EmergencyView,
})
export const LookDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  emergency: EmergencyView,
  look: Type.Object({}, { additionalProperties: true, description: 'told apart by `part`' }),
})
export const EmergencyList = Type.Object({ emergencies: Type.Array(EmergencyView) })
/** Without the opening of its entry: that names the person. */
export const ReviewDone = Type.Object({
  act: Type.Object({ id: Type.String(), at: Type.String() }),
  emergency: EmergencyView,
  receipt: ReceiptView,
})
