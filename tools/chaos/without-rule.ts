import * as ts from 'typescript';

/** Where a rule's code is, and what the file is without it. */
export interface Removal {
  line: number;
  text: string;
}

/**
 * A source without the code of a rule: its entry in a list of rules; else the check that refuses or warns by its id; else
 * what a comment with its id stands at. Undefined when the source does not carry the rule.
 */
export function withoutRule(source: string, id: string): Removal | undefined {
  const file = ts.createSourceFile('it.ts', source, ts.ScriptTarget.Latest, true);
  const nodes = all(file);
  const isId = (node: ts.Node): node is ts.StringLiteral =>
    ts.isStringLiteral(node) && (node.text === id || node.text.startsWith(`${id}.`));
  const named = nodes.filter(isId);
  const entry = named.map(entryOf).find((node) => node !== undefined);
  if (entry) return cut(file, entry, '', /^\s*,/);
  const check = named.map(checkOf).find((node) => node !== undefined);
  if (check) return cut(file, check, ';');
  const commented = nodes.find((node) => isCode(node) && commentsOf(source, node).some((text) => names(text, id)));
  if (!commented) return undefined;
  const body = bodyOf(commented);
  if (body) return cut(file, body, ts.isBlock(body) ? GONE : `(() => ${GONE})()`);
  return ts.isStatement(commented) && !ts.isVariableStatement(commented) ? cut(file, commented, ';') : undefined;
}

const GONE = `{ throw new Error('the rule is gone'); }`;

const all = (node: ts.Node): ts.Node[] => [node, ...node.getChildren().flatMap(all)];
const names = (text: string, id: string): boolean => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text);

/** `ours('T-14', …)`, also within `before(…)`, where it is one of a list. */
function entryOf(literal: ts.StringLiteral): ts.Node | undefined {
  let node: ts.Node = literal;
  while (ts.isCallExpression(node.parent) && node.parent.arguments[0] === node) node = node.parent;
  return node !== literal && ts.isArrayLiteralExpression(node.parent) ? node : undefined;
}

/** The `if` whose consequence names the rule, else the statement that does. */
function checkOf(literal: ts.StringLiteral): ts.Node | undefined {
  let statement: ts.Node | undefined;
  for (let node: ts.Node = literal; node.parent && !ts.isFunctionLike(node); node = node.parent) {
    if (ts.isIfStatement(node.parent) && node.parent.thenStatement === node) return node.parent;
    if (ts.isExpressionStatement(node)) statement ??= node;
  }
  return statement;
}

const isCode = (node: ts.Node): boolean =>
  ts.isStatement(node) || ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node);

function commentsOf(source: string, node: ts.Node): string[] {
  const ranges = ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  return ranges.map(({ pos, end }) => source.slice(pos, end));
}

/** The block of a function or method, or the expression of an arrow function that is declared. */
function bodyOf(node: ts.Node): ts.Node | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.body;
  const value = ts.isVariableStatement(node) ? node.declarationList.declarations[0]?.initializer : undefined;
  return value && ts.isArrowFunction(value) ? value.body : undefined;
}

function cut(file: ts.SourceFile, node: ts.Node, put: string, behind = /^/): Removal {
  const [start, end] = [node.getStart(file), node.getEnd()];
  const rest = file.text.slice(end).replace(behind, '');
  return { line: file.getLineAndCharacterOfPosition(start).line + 1, text: file.text.slice(0, start) + put + rest };
}
