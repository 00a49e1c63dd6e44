/** The words that name a cell, written anew for each situation. */
export class Key {
  words = new Int32Array(64)
  length = 0

  push(word: number): void {
    if (this.length === this.words.length) this.#grow()
    this.words[this.length] = word
    this.length += 1
  }

  #grow(): void {
    const wider = new Int32Array(2 * this.words.length)
    wider.set(this.words)
    this.words = wider
  }

  pushAll(words: Int32Array, count: number): void {
    for (let index = 0; index < count; index += 1) this.push(words[index]!)
  }

  hash(seed: number): number {
    let hash = seed
    for (let index = 0; index < this.length; index += 1) {
      hash = Math.imul(hash ^ this.words[index]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return Math.imul(hash, 0x85ebca6b) ^ (hash >>> 13)
  }

  equals(words: Int32Array): boolean {
    if (words.length !== this.length) return false
    for (let index = 0; index < words.length; index += 1) if (words[index] !== this.words[index]) return false
    return true
  }

  copy(): Int32Array {
    return this.words.slice(0, this.length)
  }
}
