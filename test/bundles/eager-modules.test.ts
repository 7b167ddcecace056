import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withEagerModules } from '../../scripts/bundles/eager-modules.ts';

/** As esbuild 0.2x writes them. */
const COMMON =
  'var T=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(r){throw t=0,r}};';
const ES = 'var v=(e,t,n)=>()=>{if(n)throw n[0];try{return e&&(t=e(e=0)),t}catch(r){throw n=[r],r}};';

describe('a module of a bundle', () => {
  it.each<[string, string, string]>([
    ['of CommonJS', `${COMMON}var a=T((e,t)=>{t.exports=1});`, '(function(e,t){t.exports=1})'],
    ['that exports by name', `${COMMON}var a=T(e=>{e.b=2});`, '(function(e){e.b=2})'],
    ['of ES', `${ES}var b,a=v(()=>{"use strict";b=3});`, '(function(){"use strict";b=3})'],
    [
      'with functions that have their own this and arguments',
      `${COMMON}var a=T(e=>{e.f=function(){return this===arguments[0]}});`,
      '(function(e){e.f=function(){return this===arguments[0]}})',
    ],
  ])('%s stands in parentheses as a function', (_what, code, wrapper) => {
    expect(withEagerModules(code)).toContain(`(${wrapper})`);
    expect(withEagerModules(withEagerModules(code))).toBe(withEagerModules(code));
  });

  it.each([
    ['the this', 'this.x'],
    ['the arguments', '[1].map(()=>arguments.length)'],
  ])('that uses %s around it is left as it is', (_what, used) => {
    const code = `${COMMON}var a=T((e,t)=>{t.exports=()=>${used}});`;
    expect(withEagerModules(code)).toBe(code);
  });

  it('runs once, and is what it was', () => {
    const code = `${COMMON}${ES}var n=0,a=T((e,t)=>{n+=1;t.exports=[n]}),c,b=v(()=>{c=a()});b();b();[a(),c,n]`;
    const result = (text: string) => JSON.stringify(runInNewContext(text));
    expect(result(withEagerModules(code))).toBe(result(code));
    expect(result(code)).toBe('[[1],[1],1]');
  });
});

it('nothing else is touched', () => {
  const code = `${COMMON}var f=(e=>{e.x=1}),g=other((e)=>{e.x=1});T((e)=>{e.x=1});`;
  expect(withEagerModules(code)).toBe(code);
});

/** If esbuild wraps modules in another way one day, this says that the figure is lost. */
it.each([
  { name: 'intake', atLeast: 15 },
  { name: 'provision', atLeast: 150 },
  { name: 'verify', atLeast: 30 },
])('$name is built of modules that are compiled at once', ({ name, atLeast }) => {
  const code = readFileSync(`dist/${name}/index.js`, 'utf8');
  expect(withEagerModules(code)).toBe(code);
  expect(code.match(/[=,]\w+\(\(function\(/g)?.length).toBeGreaterThan(atLeast);
});
