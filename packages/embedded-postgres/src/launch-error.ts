/** The server cannot be had, for a reason that the message tells, in French, to the person who installs. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError'
}
