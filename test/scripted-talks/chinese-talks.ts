import type { TalkScript } from './talk-script.ts';

/** A Monday. */
const MONDAY = '2026-11-23T02:00:00.000Z';
const SHANGHAI = 'Asia/Shanghai';

const standUp: TalkScript = {
  name: '站会',
  language: 'zh',
  kind: 'meeting',
  heldAt: MONDAY,
  timeZone: SHANGHAI,
  turns: [
    ['王芳', '大家早上好，听得到吗？我们开始吧，李雷你先说。'],
    ['李雷', '昨天我把登录页面改完了，也发给测试了。'],
    ['李雷', '今天我会把支付接口写完。搜索功能周五之前我做不完。'],
    ['王芳', '测试环境现在怎么样？'],
    ['韩梅', '测试环境昨天挂了两次，原因是磁盘满了。'],
    ['王芳', '那请韩梅明天下午之前清理一下磁盘。'],
    ['韩梅', '好的，没问题。'],
    ['李雷', '如果时间够的话，我会重写整个模块，不过现在不现实。'],
    ['张伟', '小刘说他会联系供应商，不过他休假了。'],
    ['王芳', '那供应商谁来联系？'],
    ['张伟', '我来联系供应商，周三之前给大家答复。'],
    ['王芳', '好，散会。'],
  ],
  actions: [
    { text: '今天我会把支付接口写完', owner: '李雷', dueDate: '2026-11-23' },
    { text: '清理一下磁盘', owner: '韩梅', dueDate: '2026-11-24' },
    { text: '我来联系供应商', owner: '张伟', dueDate: '2026-11-25' },
  ],
  decisions: [],
  questions: [
    { text: '测试环境现在怎么样', askedBy: '王芳', answer: '测试环境昨天挂了两次', answeredBy: '韩梅' },
    { text: '那供应商谁来联系', askedBy: '王芳', answer: '我来联系供应商', answeredBy: '张伟' },
  ],
};

const planning: TalkScript = {
  name: '规划会',
  language: 'zh',
  kind: 'meeting',
  heldAt: MONDAY,
  timeZone: SHANGHAI,
  turns: [
    ['陈静', '今天讨论新版本的上线时间。压力测试什么时候能通过？'],
    ['赵强', '下周二应该可以通过。'],
    ['陈静', '我建议把上线时间推迟到十二月十号。'],
    ['赵强', '同意。'],
    ['林涛', '海报要不要做英文版？'],
    ['赵强', '这个不清楚，会后再说。'],
    ['陈静', '那我们就用红色的方案吧。'],
    ['林涛', '算了，红色的还没有给客户看过，先不定。'],
    ['陈静', '行，那先不定。谁来写公告？'],
    ['林涛', '我来写公告。'],
    ['陈静', '不，还是让赵强来写吧，你去准备演示。'],
    ['赵强', '好的。'],
    ['林涛', '那我去准备演示，月底前完成。'],
    ['陈静', '我们决定取消周五的例会。'],
  ],
  actions: [
    { text: '我来写公告', owner: '赵强', dueDate: null },
    { text: '我去准备演示', owner: '林涛', dueDate: '2026-11-30' },
  ],
  decisions: ['把上线时间推迟到十二月十号', '我们决定取消周五的例会'],
  questions: [
    { text: '压力测试什么时候能通过', askedBy: '陈静', answer: '下周二应该可以通过', answeredBy: '赵强' },
    { text: '海报要不要做英文版', askedBy: '林涛', answer: null, answeredBy: null },
    { text: '谁来写公告', askedBy: '陈静', answer: '我来写公告', answeredBy: '林涛' },
  ],
};

const interview: TalkScript = {
  name: '访谈',
  language: 'zh',
  kind: 'interview',
  heldAt: MONDAY,
  timeZone: SHANGHAI,
  turns: [
    ['记者', '您好，欢迎来到我们的节目。您是什么时候开始做陶艺的？'],
    ['嘉宾', '说来话长。我父亲是木匠，家里到处都是工具。我是2003年开始做陶艺的，那时候刚从学校毕业，什么都不懂。'],
    ['记者', '当时最大的困难是什么？'],
    ['嘉宾', '很多人以为是没有钱。其实最大的困难是没有人教，所有的东西都要自己摸索，一窑一窑地试。'],
    ['记者', '真不容易，对吧？'],
    ['嘉宾', '是啊。'],
    ['记者', '现在工作室有多少人？'],
    ['嘉宾', '现在一共有十二个人，其中五个是我的学生。'],
    ['记者', '您会把工作室交给学生吗？'],
    ['嘉宾', '会的，我觉得年轻人比我有想法。不过那是以后的事，我还想再做十年。'],
    ['记者', '您为什么坚持用老窑？'],
    ['嘉宾', '因为老窑的火不一样，每一次出来的颜色都不同，这是电窑做不到的。'],
    ['记者', '谢谢您接受我们的采访。'],
    ['嘉宾', '谢谢。'],
  ],
  actions: [],
  decisions: [],
  questions: [
    { text: '您是什么时候开始做陶艺的', askedBy: '记者', answer: '我是2003年开始做陶艺的', answeredBy: '嘉宾' },
    { text: '当时最大的困难是什么', askedBy: '记者', answer: '其实最大的困难是没有人教', answeredBy: '嘉宾' },
    { text: '现在工作室有多少人', askedBy: '记者', answer: '现在一共有十二个人', answeredBy: '嘉宾' },
    { text: '您会把工作室交给学生吗', askedBy: '记者', answer: '会的', answeredBy: '嘉宾' },
    { text: '您为什么坚持用老窑', askedBy: '记者', answer: '因为老窑的火不一样', answeredBy: '嘉宾' },
  ],
};

export const CHINESE_TALKS: readonly TalkScript[] = [standUp, planning, interview];
