/** Longer ones are no address of our pages. */
const longest = 512

/** One slash and then a plain character: browsers read `//` and `/\` as another host. */
const plain = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/

/** A page of ours to go on to, whatever was asked for: never another site, never the way in itself. */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > longest) return '/'
  if (!plain.test(asked)) return '/'
  const { origin, pathname, search } = new URL(asked, 'http://own.invalid')
  if (origin !== 'http://own.invalid' || /^\/(oidc|sign-in|api|log)(\/|$)/.test(pathname)) return '/'
  // What is left of `/..//evil.example` when the dots are worked out names another host.
  const path = pathname + search
  return plain.test(path) ? path : '/'
}
