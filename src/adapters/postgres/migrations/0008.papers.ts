/** On what a representative acts. One whose papers nobody has looked at has none, and signs for nobody. */
export const papers: string = `
alter table habeas_door.holdings
  add column papers text check (papers in ('parent', 'guardian', 'mandate', 'court-order')),
  add check (papers is null or role = 'representative');`
