/** Draws the icons of the installed application: the mark of `public/favicon.svg`, as PNG. Usage: node apps/web/icons.mjs */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

const teal = [0x02, 0x64, 0x70]
const white = [0xff, 0xff, 0xff]
// In the units of the mark, 32 by 32.
const people = [
  [16, 9.6],
  [9.2, 21.8],
  [22.8, 21.8],
]
const corners = [
  [16, 10],
  [9.5, 21.5],
  [22.5, 21.5],
]
const stroke = 1.1
const head = 2.7 + stroke
const samples = 4

const toSegment = ([x, y], [ax, ay], [bx, by]) => {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}
const inMesh = (point) =>
  people.some(([x, y]) => Math.hypot(point[0] - x, point[1] - y) <= head) ||
  corners.some((corner, index) => toSegment(point, corner, corners[(index + 1) % 3]) <= stroke)

const inRounded = ([x, y], radius) => {
  const dx = Math.max(radius - x, x - (32 - radius), 0)
  const dy = Math.max(radius - y, y - (32 - radius), 0)
  return Math.hypot(dx, dy) <= radius
}

/** Colour and opacity of a point. A maskable mark is smaller on a full ground: each phone cuts its own shape in it. */
function colourAt([x, y], { radius, scale }) {
  const mark = [(x - 16) / scale + 16, (y - 16) / scale + 16]
  if (!inRounded([x, y], radius)) return [...teal, 0]
  return [...(inMesh(mark) ? white : teal), 1]
}

function pixels(size, shape) {
  const rows = Buffer.alloc(size * (size * 4 + 1))
  const step = 32 / size / samples
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0, 0]
      for (let sample = 0; sample < samples ** 2; sample += 1) {
        const x = (column * samples + (sample % samples) + 0.5) * step
        const y = (row * samples + Math.floor(sample / samples) + 0.5) * step
        const [red, green, blue, alpha] = colourAt([x, y], shape)
        for (const [index, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries()) sum[index] += value
      }
      const at = row * (size * 4 + 1) + 1 + column * 4
      const opacity = sum[3] || 1
      for (const index of [0, 1, 2]) rows[at + index] = Math.round(sum[index] / opacity)
      rows[at + 3] = Math.round((sum[3] / samples ** 2) * 255)
    }
  }
  return rows
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function png(size, shape) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits a channel, red green blue and opacity.
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(pixels(size, shape), { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

const folder = path.join(import.meta.dirname, 'public/icons')
const rounded = { radius: 7, scale: 1 }
const full = { radius: 0, scale: 0.8 }
mkdirSync(folder, { recursive: true })
for (const size of [192, 512]) {
  writeFileSync(path.join(folder, `icon-${size}.png`), png(size, rounded))
  writeFileSync(path.join(folder, `maskable-${size}.png`), png(size, full))
}
// iOS rounds it by itself.
writeFileSync(path.join(folder, 'apple-180.png'), png(180, { radius: 0, scale: 1 }))
