/** The words that name a cell, written anew for each situation. */
export class Key {
  words = new Int32Array(64)
  length = 0

  /** Empty but for so many words, which are set by their place. */
  start(fixed: number): void {
    while (this.words.length < fixed) this.words = twice(this.words)
    this.length = fixed
    for (let index = 0; index < fixed; index += 1) this.words[index] = 0
  }

  push(word: number): void {
    if (this.length === this.words.length) this.words = twice(this.words)
    this.words[this.length] = word
    this.length += 1
  }

  pushAll(words: Int32Array, count: number): void {
    for (let index = 0; index < count; index += 1) this.push(words[index]!)
  }

  hash(): number {
    const { words, length } = this
    let hash = 0x811c9dc5
    for (let index = 0; index < length; index += 1) {
      hash = Math.imul(hash ^ words[index]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return Math.imul(hash, 0x85ebca6b) ^ (hash >>> 13)
  }
}

/** The same words, with room for as many again. */
export function twice(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(2 * words.length)
  wider.set(words)
  return wider
}
