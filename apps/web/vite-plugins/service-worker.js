// The service worker: keeps the shell's own files, and says « hors ligne » when nothing answers. It keeps no answer of
// the API and no page: health data never stays on a phone. The two values below are written at build time.
const version = 'VERSION'
const files = ['FILES']
const cacheName = `maillage-${version}`

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)))
})

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(forget())
})

// The page asks for it once the person has said « Recharger »: a version never changes under somebody's hands.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => offline()))
  // Only what is in the list, kept under the very name asked.
  else if (files.includes(pathname)) event.respondWith(kept(request))
})

async function offline() {
  return (await caches.match('/hors-ligne.html')) ?? Response.error()
}

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request)
}
