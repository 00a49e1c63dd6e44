/** The library says at every start that it would rather have a newer Node; what we use of it is tested on the one we have. */
const { warn } = console
console.warn = () => {}
const library = await import('oidc-provider').finally(() => {
  console.warn = warn
})

export const { Provider, errors } = library
