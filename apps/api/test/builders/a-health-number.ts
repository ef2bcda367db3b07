/** An invented number whose key fits, told apart by `order`; of the authority of tests. */
export function aHealthNumber(order: number): { number: string; authority: 'test' } {
  const digits = `2480699000${String(order).padStart(3, '0')}`
  return { number: digits + String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0'), authority: 'test' }
}
