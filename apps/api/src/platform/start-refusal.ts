/** The program may not start and its operator can mend it: printed as it stands, in French, without a stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'
}
