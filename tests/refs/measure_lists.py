import json,random,textwrap,subprocess,re,sys,collections
P=sys.argv[1]; show=sys.argv[2] if len(sys.argv)>2 else None
L=[json.loads(l) for l in open('/work/shared/data/refs/reference_lists.jsonl')]
random.seed(7)
def wrap(s,w,first='',rest=''): return textwrap.wrap(s,w,initial_indent=first,subsequent_indent=rest,break_long_words=False,break_on_hyphens=True)
def hyph(s,w,rng,first='',rest=''):
    # fill lines, breaking words with hyphens
    out=[];line=first;
    for word in s.split(' '):
        sep='' if line in(first,rest) else ' '
        if len(line)+len(sep)+len(word)<=w: line+=sep+word; continue
        room=w-len(line)-len(sep)-1
        m=re.fullmatch(r'([a-z]{4,})([.,;:]?)',word)
        if m and room>=2 and len(m[1])-room>=2:
            k=min(room,len(m[1])-2); out.append(line+sep+word[:k]+'-'); line=rest+word[k:]
        elif '-' in word[1:-1] and 'http' not in word and '10.' not in word and word.index('-',1)<=room:
            k=word.rindex('-',1,min(room+1,len(word)-1))+1 if word.rfind('-',1,min(room+1,len(word)-1))>0 else 0
            if k: out.append(line+sep+word[:k]); line=rest+word[k:]
            else: out.append(line); line=rest+word
        else: out.append(line); line=rest+word
    out.append(line); return out
def lay(name,S):
    n=enumerate(S,1)
    if name=='numbered': return '\n'.join(f'{i}. {s}' for i,s in n)
    if name=='brackets': return '\n'.join(f'[{i}] {s}' for i,s in n)
    if name=='lines': return '\n'.join(S)
    if name=='blank': return '\n\n'.join(S)
    if name=='blank-wrapped': return '\n\n'.join('\n'.join(wrap(s,80)) for s in S)
    if name=='numbered-wrapped': return '\n'.join('\n'.join(wrap(f'{i}. {s}',80)) for i,s in n)
    if name=='bare-wrapped': return '\n'.join('\n'.join(wrap(f'{i} {s}',80)) for i,s in n)
    if name=='round-hanging': return '\n'.join('\n'.join(wrap(f'({i}) {s}',80,'','    ')) for i,s in n)
    if name=='hanging': return '\n'.join('\n'.join(wrap(s,80,'','    ')) for s in S)
    if name=='wrapped': return '\n'.join('\n'.join(wrap(s,80)) for s in S)
    if name=='wrapped-60': return '\n'.join('\n'.join(wrap(s,60)) for s in S)
    if name=='numbered-hyphen': return '\n'.join('\n'.join(hyph(f'{i}. {s}',70,random)) for i,s in n)
    if name=='hanging-hyphen': return '\n'.join('\n'.join(hyph(s,70,random,'','   ')) for s in S)
    if name=='bullets': return '\n'.join('• '+s for s in S)
    if name=='crlf-blank': return '\r\n\r\n'.join(S)
    if name=='one-line': return ' '.join(f'[{i}] {s}' for i,s in n)
    if name=='super': return '\n'.join(''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(d)] for d in str(i))+s for i,s in n)
    if name=='pages':
        lines=[]
        for i,s in n: lines+=wrap(f'{i}. {s}',80)
        out=[]
        for k,l in enumerate(lines):
            out.append(l)
            if k%45==44: out+=['',f'{400+k//45}','','Smith et al. A paper on things',''] 
        return 'References\n'+'\n'.join(out)
names='numbered brackets lines blank blank-wrapped numbered-wrapped bare-wrapped round-hanging hanging wrapped wrapped-60 numbered-hyphen hanging-hyphen bullets crlf-blank one-line super pages'.split()
for name in names:
    if show and show!=name: continue
    ok=tot=lists=0; bad=[]
    for x in L:
        S=[' '.join(r['string'].split()) for r in x['refs']]
        out=subprocess.run([P],input=lay(name,S).encode(),capture_output=True).stdout.decode()
        got=[json.loads(l)['text'] for l in out.splitlines()]
        g=collections.Counter(got); w=collections.Counter(S)
        hit=sum((g&w).values()); ok+=hit; tot+=len(S); lists+= got==S
        if show and got!=S: bad.append((x['src'],list((w-g))[:3],list((g-w))[:3]))
    print(f'{name:18} {ok}/{tot} {ok/tot:.4f}  lists {lists}/{len(L)}',flush=True)
    for b in bad[:14]: print(b[0]); [print('   -',t) for t in b[1]]; [print('   +',t) for t in b[2]]
