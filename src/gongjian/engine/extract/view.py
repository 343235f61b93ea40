"""The text in one spelling, character for character, so that offsets stay those of the document.

Traditional characters become simplified ones, full-width signs half-width digits and letters,
ASCII punctuation its Chinese form (a comma between thousands stays), tags of stray HTML blanks,
years written in characters (二〇三五年) digits.
"""

import re

TRADITIONAL = (
    "億萬畝頃噸個點幣臺時戶場處條項歐實現達長產業區縣鎮鄉開設導輔變關務員單價則額貿進動會經濟"
    "總類聯環營運轉雙貧農園層級廠質優護圖體積極標權數備負責機構團專題創發減縮壓觀態勢輸網絡電"
    "氣熱訂訊資訓練辦舉報應當將與為來約據內從後無義劃階續計論證書紀錄線廣館樓橋鐵軌車輛頭隻雞"
    "豬樹種穀糧麥織綠紅黃藍順測試驗檢監視頻號碼頁記歷屆帶領際間陽陰陸險難興獎勵補貼稅費貨於裏"
    "準繼擴協認識議讓說話語請調談該諮謀謝讀豐購賣買賽贈贏軟輕轄辭連週遊違遠適遷選遺還邊鄰郵釋"
    "鋪鋼錢錯鍵鏈鐘鑑鑽閉閱闊陣隊隨隱離雲靈靜響須預頒頓顏願顧顯風飛飲飯馬駐駕驅驟髒鬥鬧魚鮮鳥"
    "麗黨齊齡龍亂亞侖倉們倫偉側傑傳債傷傾僅僱儀償儲兒兩冊凍勞勝勸匯卻厭參問啟嚴國圍執堅塊塵墊"
    "墾壞壯壽夠夢夾奪奮婦媽嬰孫學寧審寫寬對尋屬島峽崗嶺巖帥師帳幫幹幾庫廁廂廈廟廢彈強彙彌徑復"
    "徵恆悅惡愛慣慶慮憂憑懷戰戲拋挾捨掃掛採揚換揮損搖搶撫撥擁擇擊擋擔擬擾攝攤敗敵斷晉暫暢曆曉"
    "東柵棄棟楊槍樁樂樞樣橫檔檯櫃歡歲歸殘殼殺沒決況洩淚淨淺渾湊湯溝溫滅滯滲滾滿漁漢漲漸潔潛潤"
    "澀澤濃濕濱濾瀏灘灣災烏煉煙燈燒爐爛爭爺爾牆狀狹獨獲獻畢畫異療癒皺盜盡盤盧眾矚矯確磚礎礙礦"
    "禦禮稱穩窮競筆節範築簡簽籌糾紋納紐純紙細終組結絕給統維綱綜緊緝締編緩縫縱績繞繪繳罰罷羅習"
    "翹聖聞聰聲職聽肅腦腳脫腫臉臨舊艦艱藝莊華葉蒼蓋蓮薦藥蘇蘭虛虧蟲術衛衝裝製複褲襲見規親覽觸"
    "討託許訴診詢詩詳誠誤課諾諸講譽讚貝財貢販貫貯賀賞賢賦賴趕趨踐躍軍較載輝輪輯遞遲醫釀針鈔銀"
    "銅銷鋒鋸錦鍋鎖鏡鑄門閃霧頂飼養餘鹽麵"
)
SIMPLIFIED = (
    "亿万亩顷吨个点币台时户场处条项欧实现达长产业区县镇乡开设导辅变关务员单价则额贸进动会经济"
    "总类联环营运转双贫农园层级厂质优护图体积极标权数备负责机构团专题创发减缩压观态势输网络电"
    "气热订讯资训练办举报应当将与为来约据内从后无义划阶续计论证书纪录线广馆楼桥铁轨车辆头只鸡"
    "猪树种谷粮麦织绿红黄蓝顺测试验检监视频号码页记历届带领际间阳阴陆险难兴奖励补贴税费货于里"
    "准继扩协认识议让说话语请调谈该咨谋谢读丰购卖买赛赠赢软轻辖辞连周游违远适迁选遗还边邻邮释"
    "铺钢钱错键链钟鉴钻闭阅阔阵队随隐离云灵静响须预颁顿颜愿顾显风飞饮饭马驻驾驱骤脏斗闹鱼鲜鸟"
    "丽党齐龄龙乱亚仑仓们伦伟侧杰传债伤倾仅雇仪偿储儿两册冻劳胜劝汇却厌参问启严国围执坚块尘垫"
    "垦坏壮寿够梦夹夺奋妇妈婴孙学宁审写宽对寻属岛峡岗岭岩帅师帐帮干几库厕厢厦庙废弹强汇弥径复"
    "征恒悦恶爱惯庆虑忧凭怀战戏抛挟舍扫挂采扬换挥损摇抢抚拨拥择击挡担拟扰摄摊败敌断晋暂畅历晓"
    "东栅弃栋杨枪桩乐枢样横档台柜欢岁归残壳杀没决况泄泪净浅浑凑汤沟温灭滞渗滚满渔汉涨渐洁潜润"
    "涩泽浓湿滨滤浏滩湾灾乌炼烟灯烧炉烂争爷尔墙状狭独获献毕划异疗愈皱盗尽盘卢众瞩矫确砖础碍矿"
    "御礼称稳穷竞笔节范筑简签筹纠纹纳纽纯纸细终组结绝给统维纲综紧缉缔编缓缝纵绩绕绘缴罚罢罗习"
    "翘圣闻聪声职听肃脑脚脱肿脸临旧舰艰艺庄华叶苍盖莲荐药苏兰虚亏虫术卫冲装制复裤袭见规亲览触"
    "讨托许诉诊询诗详诚误课诺诸讲誉赞贝财贡贩贯贮贺赏贤赋赖赶趋践跃军较载辉轮辑递迟医酿针钞银"
    "铜销锋锯锦锅锁镜铸门闪雾顶饲养余盐面"
)
WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
PUNCTUATION = str.maketrans(":;()!?—–〜∶「」『』〔〕【】≧≦", "：；（）！？——~：“”‘’（）（）≥≤")
# every blank but the tab and the line feed, which part cells and lines
BLANKS = "\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
FOLD: dict[int, int | str] = {
    **str.maketrans(TRADITIONAL, SIMPLIFIED),
    **WIDTH,
    **dict.fromkeys(map(ord, BLANKS), " "),
}
ONE_SPELLING = PUNCTUATION | {
    code: PUNCTUATION.get(plain, plain) if isinstance(plain, int) else plain
    for code, plain in FOLD.items()
}
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&[a-z]{2,8};")
CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{3}")
HANZI_YEAR = re.compile(r"(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}(?=年)")
HANZI_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CLAUSE_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def normalise(text: str) -> str:
    """The same number of characters, one spelling.

    Shapes: a text in, a text of the same length out. Units: none. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-2.

    >>> normalise("達１,５００億元(5%)")
    '达1,500亿元（5%）'
    """
    plain = TAG.sub(lambda tag: " " * len(tag[0]), text) if "<" in text or "&" in text else text
    folded = CLAUSE_COMMA.sub("，", plain.translate(ONE_SPELLING))
    return HANZI_YEAR.sub(lambda year: year[0].translate(HANZI_DIGITS), folded)


def latin(text: str) -> bool:
    """Is a line written in a Latin script, so that the English rules read it?"""
    return len(text) > 3 and CHINESE.search(text) is None and LETTERS.search(text) is not None
