import type { Permit } from '#decision'
import type { OutsideCall } from '#genome'
import type { Fault, Instant, Json, Result, Sha256Hex, SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { ClinicalRecord, Exposure, NotUnderstood } from '#person'

/** What `case.json` says. Paths are absolute. */
export type Case = {
  readonly folder: string
  readonly situation: Situation
  readonly subject: {
    readonly id: SubjectId
    readonly name: string
    /** When they died, where that is on record; until then they live. */
    readonly diedAt?: Instant
  }
  readonly actor: { readonly name: string }
  readonly indication: string
  readonly candidateDrugs: readonly string[] | undefined
  readonly genome: string
  readonly sample: string | undefined
}

/** Something read from a file of the case, with the file's name in it and the SHA-256 of its bytes. */
export type FromFile<T> = { readonly file: string; readonly sha256: Sha256Hex; readonly value: T }

/** FHIR R4. */
export type FhirResource = { readonly resourceType: string; readonly id: string } & {
  readonly [member: string]: Json
}

type Reading<T> = Promise<Result<T, Fault>>

/**
 * A case folder. `case.json` holds what the gate must know and is read before it answers; everything else is the
 * person's record and is read with the permit in hand.
 */
export interface CaseReader {
  readCase(folder: string): Reading<FromFile<Case>>
  /** The record as it is, for applications; each resource names the person by their id here. */
  readResources(permit: Permit, from: Case): Reading<FromFile<readonly FhirResource[]>>
  readClinical(permit: Permit, from: Case): Reading<FromFile<ClinicalFacts>>
  /** Undefined when the folder holds none. */
  readEnvironment(permit: Permit, from: Case): Reading<FromFile<readonly Exposure[]> | undefined>
  readOutsideCalls(permit: Permit, from: Case): Reading<FromFile<readonly OutsideCall[]> | undefined>
}

/** A case that is found and not yet read, while it is asked who asks. */
export interface OpenedCase {
  /** Undefined when it is gone. */
  read(): Promise<Result<FromFile<Case>, Fault> | undefined>
  /** Whether or not it was read. */
  letGo(): void
}

export type ClinicalFacts = {
  readonly record: ClinicalRecord
  readonly notUnderstood: readonly NotUnderstood[]
}
