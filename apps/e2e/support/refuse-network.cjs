/** Loaded before a program (`node --require`): every way out of this machine is refused and told on the error output. */
const dns = require('node:dns')
const net = require('node:net')

const isLocal = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\./.test(host)

function refuse(host) {
  process.stderr.write(`network refused: ${host}\n`)
  return Object.assign(new Error(`No network here: ${host}`), { code: 'ENETUNREACH' })
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  const [given] = Array.isArray(args[0]) ? args[0] : args
  const host = typeof given === 'object' ? given.host : args[1]
  const isPipe = typeof given === 'string' || Boolean(given?.path)
  if (isPipe || typeof host !== 'string' || isLocal(host)) return connect.apply(this, args)
  process.nextTick(() => this.destroy(refuse(host)))
  return this
}

const { lookup } = dns
dns.lookup = (host, ...rest) => {
  if (isLocal(host) || net.isIP(host)) return lookup(host, ...rest)
  process.nextTick(rest.at(-1), refuse(host))
}
dns.promises.lookup = async (host) => {
  throw refuse(host)
}
