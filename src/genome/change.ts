export type Change = { readonly pos: number; readonly ref: string; readonly alt: string }

/** The shortest spelling of a change: common ends are cut off, the right one first, so that one base remains on each side. */
export function trim(pos: number, ref: string, alt: string): Change {
  let cut = 0
  while (cut < Math.min(ref.length, alt.length) - 1 && ref.at(-1 - cut) === alt.at(-1 - cut)) cut++
  const [left, right] = [ref.slice(0, ref.length - cut), alt.slice(0, alt.length - cut)]
  let lead = 0
  while (lead < Math.min(left.length, right.length) - 1 && left[lead] === right[lead]) lead++
  return { pos: pos + lead, ref: left.slice(lead), alt: right.slice(lead) }
}

export const sameChange = (a: Change, b: Change): boolean =>
  a.pos === b.pos && a.ref === b.ref && a.alt === b.alt

/** First and last base that change; an insertion lies half-way behind its anchor. */
export function extent({ pos, ref, alt }: Change): readonly [number, number] {
  if (ref[0] !== alt[0]) return [pos, pos + ref.length - 1]
  return ref.length > 1 ? [pos + 1, pos + ref.length - 1] : [pos + 0.5, pos + 0.5]
}

/** An insertion or a deletion behind its anchor base; undefined for a change of any other kind. */
function slideOf({ ref, alt }: Change): { readonly gains: boolean; readonly moved: string } | undefined {
  if (ref[0] !== alt[0] || (ref.length > 1 && alt.length > 1)) return undefined
  const gains = alt.length > ref.length
  return { gains, moved: (gains ? alt : ref).slice(1) }
}

/**
 * In a repeat the same change can be placed anywhere (VCF asks for the leftmost place, HGVS for the rightmost). Moves an
 * insertion or deletion left, not beyond `first`, as long as the reference bases are known.
 */
export function alignLeft(
  change: Change,
  first: number,
  baseAt: (pos: number) => string | undefined,
): Change {
  const slide = slideOf(change)
  if (slide === undefined) return change
  let { pos } = change
  let anchor = change.ref[0]!
  let { moved } = slide
  while (pos > first && moved.endsWith(anchor)) {
    const before = baseAt(pos - 1)
    if (before === undefined) break
    moved = anchor + moved.slice(0, -1)
    anchor = before
    pos--
  }
  const [short, long] = [anchor, anchor + moved]
  return slide.gains ? { pos, ref: short, alt: long } : { pos, ref: long, alt: short }
}

/** Whether a change, moved left as far as the bases are known, could be the other one if more of them were known. */
export function isPlacedElsewhere(change: Change, leftmost: Change): boolean {
  const [mine, other] = [slideOf(change), slideOf(leftmost)]
  if (mine === undefined || other === undefined || mine.gains !== other.gains) return false
  if (change.pos <= leftmost.pos || !mine.moved.endsWith(change.ref[0]!)) return false
  return mine.moved.length === other.moved.length && (other.moved + other.moved).includes(mine.moved)
}
