/** How a relative stands to somebody, whose papers let them decide nothing. */
export const kinship: string = `
alter table habeas_door.holdings
  add column kinship text check (kinship in ('spouse', 'child', 'parent', 'sibling', 'grandparent', 'grandchild', 'other')),
  add check (kinship is null or (role = 'representative' and papers is null));`
