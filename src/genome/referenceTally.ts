import { FaultError, inputFault } from '#kernel'

type Contradiction = { readonly where: string; readonly found: string; readonly expected: string }

/** How often REF was held against a definition: by it a file is judged that does not state its assembly. */
export class ReferenceTally {
  #agreed = 0
  #contradicted = 0
  #first: Contradiction | undefined

  agree(): void {
    this.#agreed++
  }

  contradict(contradiction: Contradiction): void {
    this.#contradicted++
    this.#first ??= contradiction
  }

  /**
   * By chance three of four bases of another assembly contradict GRCh38. A file that states its assembly is believed until
   * most of its bases contradict it, one that states none as long as few do; strictly, none as long as any does.
   */
  check(isStated: boolean, isStrict: boolean): void {
    if (this.#first === undefined) return
    const [agreed, contradicted] = [this.#agreed, this.#contradicted]
    const isMost = isStated ? contradicted >= 3 && contradicted > agreed : contradicted * 3 >= agreed
    if (!isMost && !isStrict) return
    const { where, found, expected } = this.#first
    const share = `${contradicted} of ${contradicted + agreed} records contradict GRCh38`
    throw new FaultError(
      inputFault('vcf.ref-mismatch', where, `${found}; ${share}`, `${expected}, as in GRCh38`),
    )
  }
}
