/** No package that the product runs on has a grave advisory against it; a registry that is silent makes nobody red. */
import { report } from './source-files.mjs'
import { askAdvisories, judgeAdvisories, takenOn } from './trust/advisories.mjs'

const { advisories, silence } = await askAdvisories({ registry: process.argv[2] })
if (silence) console.log(`NOT JUDGED, the registry told no advisory: ${silence}`)
else report('Advisories', judgeAdvisories(advisories, takenOn, new Date().toISOString().slice(0, 10)))
