import { type OutsideCall, parseOutsideCalls } from '#genome'
import type { Fault, Result } from '#kernel'
import { readText } from './readText.ts'

const limit = 1 << 20

export async function readOutsideCalls(file: string): Promise<Result<readonly OutsideCall[], Fault>> {
  const text = await readText('.', file, limit)
  return text.ok ? parseOutsideCalls(text.value.value, file) : text
}
