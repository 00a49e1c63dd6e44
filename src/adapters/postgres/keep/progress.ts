const silentMs = 2_000
const pauseMs = 500

/** Says nothing of what is quickly done, and no more than one can read of what is not. */
export function everySoOften(show: (text: string) => void = () => {}): (text: string) => void {
  let next = Date.now() + silentMs
  return (text) => {
    const now = Date.now()
    if (now < next) return
    next = now + pauseMs
    show(text)
  }
}
