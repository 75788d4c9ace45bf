/**
 * Function words by language: words that say nothing about a topic. They also tell languages apart, because they are
 * the most frequent words of any text.
 */

function list(words: string): readonly string[] {
  return words.split(/\s+/u).filter((word) => word !== '');
}

/** Grammar only; by ISO 639-1 code. */
export const FUNCTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: list(`a an the and or but if so because as of at by for with about against between into through during before
    after above below to from up down in out on off over under again then once here there when where why how all any
    both each few more most other some such no nor not only own same than too very s t can will just don should now
    i me my myself we our ours ourselves you your yours yourself he him his himself she her hers herself it its itself
    they them their theirs what which who whom whose this that these those am is are was were be been being have has
    had having do does did doing would could might may must shall ought i'm you're he's she's it's we're they're i've
    you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't
    let's that's who's what's here's there's when's where's why's how's it'll that'll there'll also upon until while
    till since though although unless whether either neither yet us cos 'cause else ever every`),
  de: list(`der die das und ist nicht ein eine einen einem einer zu den dem des mit auf für von im sich auch es wir ich
    sie er an als wie aber haben hat wird werden sind war bei nach aus noch nur wenn dass oder kann mehr uns ja dann da
    schon mal man was mir mich dir dich ihr euch so`),
  fr: list(`le la les de des du un une et est pas que qui dans pour sur avec ce cette ces il elle nous vous ils je tu
    on mais ou où donc au aux en ne se sont été être avoir avons avez ont fait plus par comme si très bien c'est j'ai
    d'un qu'il leur nos notre votre`),
  es: list(`el la los las de del un una y es no que en por para con se lo su sus al como más pero o este esta estos
    está están hay ha han muy yo tú él nosotros ellos qué cuando donde porque también ya sí son fue ser tenemos vamos
    entonces nuestro`),
  it: list(`il lo la gli le di del della dei un una e è non che in per con si al alla come più ma o questo questa sono
    ha hanno molto io tu noi voi loro cosa quando dove perché anche già essere abbiamo nel nella ci dal quindi`),
  pt: list(`o a os as de do da dos das um uma e é não que em no na por para com se ao como mais mas ou este esta isso
    são foi muito eu você nós eles quando onde porque também já sim ser temos vamos então nosso pelo pela há está`),
  nl: list(`de het een en is niet van op te dat die in voor met zijn er aan ook als we ik jij hij zij maar om dan naar
    bij nog wel kan wordt worden hebben heeft was waren wat wie hoe waarom deze dit moet moeten gaan`),
  ru: list(`и в не на я что он с как это по но мы она они к у вы за из от так же все то бы о его для да еще уже если
    или нет есть был была были чтобы когда где мне нас вас который очень надо можно`),
  zh: list(`的 了 是 我 你 他 她 它 们 我们 你们 他们 她们 咱们 大家 在 有 和 与 及 或 就 都 而 也 还 又 很 不 没 没有
    这 那 这个 那个 这些 那些 这里 那里 这样 那样 这种 那种 这边 那边 一个 一些 一下 一种 一点 一样 一直 一定 什么 怎么
    怎么样 为什么 哪 哪个 哪些 哪里 谁 多少 几 吗 呢 吧 啊 呀 哦 嗯 呃 哈 嘛 啦 把 被 给 对 对于 关于 从 到 向 往 跟 让 使
    会 能 可以 可能 应该 要 想 得 地 着 过 来 去 上 下 里 中 内 外 前 后 之 以 为 为了 因为 所以 但是 但 如果 虽然 然后
    而且 并且 或者 还是 不过 其实 就是 只是 只 才 再 最 更 比较 非常 特别 真的 已经 现在 今天 时候 之后 之前 以后 以前
    然后呢 是不是 有没有 能不能 对吧 好 好的 行 嗯嗯 对对 不是 不会 不能 不要 是的 自己 比如 比如说 就是说 所谓 那么
    这么 等等 包括 通过 进行 里面 上面 下面 当中 其中 方面 来说 的话 一 二 两 三 个 种 次 些 位`),
  ja: list(`の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その
    あっ よう また もの です ます ました でした だ か ね よ それ これ あれ ここ そこ まで より って はい ええ うん`),
};

/** English words so common in talk that they are no topic, though they are not grammar. */
const EN_TALK = list(`yeah yes no yep yup nope okay ok oh ah uh um uhm er erm hmm hm mm mmhmm uh-huh mm-hmm huh wow hey
  hi hello bye goodbye well right like really actually basically literally just maybe probably perhaps quite pretty
  sort kind thing things stuff something anything nothing everything someone anyone everyone everybody somebody nobody
  lot lots bit way ways get gets got gotten getting go goes going gone went come comes came coming say says said saying
  know knows knew think thinks thought thinking mean means meant see sees saw seen look looks looking want wants wanted
  need needs needed make makes made making take takes took taken give gives gave given put puts let lets tell told talk
  talking talked good great fine nice cool sure sorry thanks thank please guess suppose feel felt try tried trying use
  used using work works still even already always never sometimes around back one ones two three first second last next
  much many little big new old different another gonna wanna gotta cause anyway though today course point guys people
  person time times day okay alright right-o exactly absolutely definitely obviously certainly true understand happen
  happens happened question questions moment minute minutes morning afternoon evening whatever wherever whoever whole
  quick quickly start started end hear heard keep kept seem seems seemed`);

const ZH_TALK =
  list(`嗯 啊 哦 呃 谢谢 感谢 大家好 下午 上午 各位 老师 朋友 东西 事情 问题 觉得 认为 知道 看到 说 讲 看 做
  用 叫 听 问 想 需要 希望 感觉 时间 地方 情况 部分 刚才 刚刚 目前 今年 第一 第二 第三 首先 其次 最后 方式 做到 起来 出来
  下来 过来 过去 回来 看看 说说 讲讲 很多 不同 相关 完全 基本 基本上 当然 确实 同时 另外 还有 或者说 也就是说 像 多 大 小
  高 好 新 年 月 日 天 人 事 点 块 家 们 话 一起 不断 更多 任何 每 每个 整个 第一个 第二个 第三个 是否 如何 怎样 接下来
  左右 以及 那 这 您 嘛 哈哈 对 没 没什么 好像 左边 右边 算 成为 变成 属于 作为`);

/** Numbers and days: facts about a topic, never one. */
const COUNTING = list(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
  sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
  thousands million millions billion dozen half percent third fourth fifth sixth seventh eighth ninth tenth eleventh
  twelfth january february march april may june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday week weeks month months year years hour hours second seconds tomorrow
  yesterday tonight dollar dollars euro euros`);

const STOP: ReadonlySet<string> = new Set(Object.values(FUNCTION_WORDS).flat());
const COUNTED: ReadonlySet<string> = new Set(COUNTING);
const TALK: ReadonlySet<string> = new Set([...EN_TALK, ...ZH_TALK]);

/** Whether the lower-case word counts or dates something. */
export function isCounting(norm: string): boolean {
  return COUNTED.has(norm) || /^\d|^[零一二三四五六七八九十百千万亿两]+[个次年月日号点天位名家元块]?$/u.test(norm);
}

/** Whether the lower-case word is grammar and nothing else, in any of the languages known here. */
export function isFunctionWord(norm: string): boolean {
  return STOP.has(norm);
}

/** Whether the lower-case word names no topic: grammar, or small change of talk. */
export function isStopWord(norm: string): boolean {
  return STOP.has(norm) || TALK.has(norm);
}
