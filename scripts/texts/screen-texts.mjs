/** What people read on the screens: the texts of the templates and of the files of words, each with its line. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import ts from 'typescript'

const require = createRequire(path.resolve('apps/web/package.json'))
const { parse, NodeTypes } = { ...require('vue/compiler-sfc'), NodeTypes: { element: 1, text: 2, interpolation: 5 } }

/** Stands for what an expression will say: the signs around it keep their neighbour. */
export const hole = '\uFFFC'

/** Attributes that are read or said. */
const said =
  /^(title|label|text|hint|placeholder|alt|legend|description|aside|error|subtitle|aria-label|[a-z-]+-label)$/

/** A sentence among the strings of code: words apart, or letters and signs that only French writes. */
const isSentence = (text) =>
  /^[A-ZÀÂÉÈÊÎÔÙÇŒ«][^\n]*\p{L}[ \u00A0\u202F]/u.test(text) || /[éèêàùçôîœ’«»…\u202F\u00A0]/iu.test(text)

/** The spaces that code names, for they cannot be seen. */
const spaces = { NBSP: '\u00A0', NNBSP: '\u202F' }

function pieces(node) {
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ expression, literal }) => {
      return (spaces[expression.getText()] ?? hole) + literal.text
    })
    return [node.head.text, ...spans].join('')
  }
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? node.text : undefined
}

/** A name of property, a module, a type, a code compared: written for the machine. */
function isForMachine(node) {
  const { parent } = node
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.getText().includes('==')) ||
    (ts.isNewExpression(parent) && parent.expression.getText() === 'Error') ||
    (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.SuperKeyword)
  )
}

/** The strings of a piece of TypeScript; in a file of words all that holds several words, elsewhere the sentences. */
export function textsOfCode(code, { line = 1, everyWord = false } = {}) {
  const source = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const texts = []
  const visit = (node) => {
    const text = pieces(node)
    if (text !== undefined && !isForMachine(node) && (isSentence(text) || (everyWord && /\p{L} \p{L}/u.test(text)))) {
      texts.push({ text, line: line + source.getLineAndCharacterOfPosition(node.getStart(source)).line })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return texts
}

function textsOfAttribute(attribute) {
  const { line } = attribute.loc.start
  if (attribute.type === 6)
    return said.test(attribute.name) && attribute.value ? [{ text: attribute.value.content, line }] : []
  const isSaid = attribute.arg?.content && said.test(attribute.arg.content)
  return attribute.exp ? textsOfCode(`(${attribute.exp.loc.source})`, { line, everyWord: isSaid }) : []
}

/** What follows one another on a line, texts and expressions together: signs are judged by their neighbours. */
function textsOfChildren(children) {
  const texts = []
  let run
  const end = () => {
    if (run && /\p{L}/u.test(run.text)) texts.push({ ...run, text: run.text.replace(/[ \t\n\r]+/g, ' ').trim() })
    run = undefined
  }
  for (const child of children) {
    if (child.type === NodeTypes.text || child.type === NodeTypes.interpolation) {
      const text = child.type === NodeTypes.text ? child.content : hole
      run = { text: (run?.text ?? '') + text, line: run?.line ?? child.loc.start.line }
    } else end()
    if (child.type === NodeTypes.interpolation) {
      texts.push(...textsOfCode(`(${child.content.loc.source})`, { line: child.loc.start.line, everyWord: true }))
    }
    if (child.type === NodeTypes.element) {
      texts.push(...child.props.flatMap(textsOfAttribute), ...textsOfChildren(child.children))
    }
  }
  end()
  return texts
}

/** Every text of a file of the screens. */
export function textsOf(file) {
  const source = readFileSync(file, 'utf8')
  if (!file.endsWith('.vue')) return textsOfCode(source, { everyWord: /(-words|\.messages)\.ts$/.test(file) })
  const { descriptor } = parse(source, { filename: file })
  const script = descriptor.scriptSetup ?? descriptor.script
  return [
    ...(script ? textsOfCode(script.content, { line: script.loc.start.line }) : []),
    ...(descriptor.template?.ast ? textsOfChildren(descriptor.template.ast.children) : []),
  ]
}
