import type { Situation } from '#law'

/** A life in danger: whoever is there helps, and nothing has to be laid down or recorded first. */
export const isEmergency = ({ emergency }: Situation): boolean => emergency?.lifeThreatening === true
