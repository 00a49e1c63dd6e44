import { setFlagsFromString } from 'node:v8'

/**
 * Node 20 inlines calls from JavaScript into WebAssembly and cannot undo it when it has to (“unreachable code” in its
 * deoptimizer): the whole process ends. Cedar is called at every request, so that is switched off before it is loaded.
 */
setFlagsFromString('--no-turbo-inline-js-wasm-calls')
