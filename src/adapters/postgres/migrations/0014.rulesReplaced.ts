/** An act sees in whose place a rule stands: what was signed before it may have to be asked again. */
export const rulesReplaced: string = `grant select (replaces) on habeas_door.house_rules to habeas_act;`
