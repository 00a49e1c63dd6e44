import type { Kinship } from '#access'
import type { Relation } from '#vocabulary'

/** As the law counts relations: `friend` is whoever is near without being a near relative. */
export const relationOf: Readonly<Record<Kinship, Relation>> = {
  ...{ spouse: 'spouse', child: 'child', parent: 'parent', sibling: 'sibling' },
  ...{ grandparent: 'grandparent', grandchild: 'grandchild', other: 'friend' },
}
