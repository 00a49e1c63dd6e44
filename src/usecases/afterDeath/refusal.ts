import { unwind } from '../unwind.ts'

export type RelativeRefusal =
  /** A program looks for nobody's relatives, and nobody does who runs it beside the data. */
  | 'relative.by-person'
  /** Nothing but a code, or blanks. */
  | 'relative.no-words'
  /** Too long, or with what could be taken for markup. */
  | 'relative.text'
  /** They have said the same already, or have nothing to take back. */
  | 'relative.said-already'

export const refuse: (code: RelativeRefusal) => never = unwind

/** Beside the evidence of a look and of an objection. */
export const relativeFiles = ['relative-look.json', 'relative-objection.json'] as const
