/** One committed file of `knowledge/` (or a vocabulary made from the same facts) and how it is made. */
export type KnowledgeTable = {
  /** Path from the repository's root. */
  readonly path: string
  /** The file's exact text, from the facts under `shared`. Must not depend on anything else. */
  readonly make: (shared: string) => Promise<string>
}
