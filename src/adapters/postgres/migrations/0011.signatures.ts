/** How what was signed was signed, as it was given out with the receipt; null: from before that was kept. */
export const signatures: string = `
set local role habeas_owner;
alter table habeas.agreements add column signature json;
set local role none;`
