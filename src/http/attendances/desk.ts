import type { Json, Result } from '#kernel'
import type {
  Agreement,
  Asked,
  AttendanceCode,
  Caller,
  Confirming,
  Governed,
  ShownAttendance,
} from '#usecases'

/** What somebody is to confirm whom another named to stand by their signature. */
export interface AttendanceDesk {
  list(caller: Caller): Promise<readonly Asked[]>
  show(caller: Caller, id: string): Promise<Result<Governed<ShownAttendance>, AttendanceCode>>
  /** What a browser is to ask of their passkeys. */
  ask(caller: Caller, id: string, confirming: Confirming): Promise<Result<Json, AttendanceCode>>
  confirm(
    caller: Caller,
    id: string,
    confirming: Confirming,
    response: unknown,
  ): Promise<Result<Governed<Agreement>, AttendanceCode>>
}
