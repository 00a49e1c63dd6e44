import { personsAndLog } from './0001.personsAndLog.ts'
import { accountAndKeeper } from './0002.accountAndKeeper.ts'
import { door } from './0003.door.ts'
import { clients } from './0004.clients.ts'
import { houseRules } from './0005.houseRules.ts'
import { agreements } from './0006.agreements.ts'
import { recalls } from './0007.recalls.ts'
import { papers } from './0008.papers.ts'
import { emergencies } from './0009.emergencies.ts'
import { relatives } from './0010.relatives.ts'
import { signatures } from './0011.signatures.ts'
import { attendances } from './0012.attendances.ts'
import { kinship } from './0013.kinship.ts'
import { rulesReplaced } from './0014.rulesReplaced.ts'

/** In order; the version of a database is how many of them it has had. A released one never changes. */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'persons and log', sql: personsAndLog },
  { name: 'account and keeper', sql: accountAndKeeper },
  { name: 'door', sql: door },
  { name: 'clients', sql: clients },
  { name: 'house rules', sql: houseRules },
  { name: 'agreements', sql: agreements },
  { name: 'recalls', sql: recalls },
  { name: 'papers', sql: papers },
  { name: 'emergencies', sql: emergencies },
  { name: 'relatives', sql: relatives },
  { name: 'signatures', sql: signatures },
  { name: 'attendances', sql: attendances },
  { name: 'kinship', sql: kinship },
  { name: 'rules replaced', sql: rulesReplaced },
]
