using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

/// <summary>Who says what in languages other than English; every sentence is invented, and none was read by a native editor.</summary>
public sealed class StatementLanguagesTests
{
    [Theory]
    [InlineData("Norwegen beschuldigte Russland des Angriffs auf die Wasserwerke.", "Norway: Accuse")]
    [InlineData("Für den Angriff machte die tschechische Regierung China verantwortlich.", "Czech government: Accuse")]
    [InlineData("China dementierte am Freitag jede Beteiligung.", "China: Deny")]
    [InlineData("Die Vorwürfe wies das chinesische Außenministerium scharf zurück.", "Chinese Foreign Ministry: Deny")]
    [InlineData("Die NATO hat den Angriff scharf verurteilt.", "NATO: Condemn")]
    [InlineData("Polen forderte Russland auf, die Angriffe einzustellen.", "Poland: Demand")]
    [InlineData(
        "Frankreich und Deutschland sicherten Norwegen ihre Unterstützung zu.",
        "France: Support",
        "Germany: Support"
    )]
    [InlineData("Microsoft wollte den Vorfall nicht kommentieren.", "Microsoft: Decline")]
    [InlineData("Die Vereinigten Staaten verhängten Sanktionen gegen zwei Banken.", "United States: Act")]
    [InlineData("Das BSI warnt vor einer neuen Welle von Angriffen.", "Federal Office for Information Security: Warn")]
    [InlineData(
        "„Wir lassen uns nicht einschüchtern“, sagte die Bürgermeisterin Eva Beispiel am Dienstag.",
        "Eva Beispiel: Report “Wir lassen uns nicht einschüchtern”"
    )]
    [InlineData(
        "Dazu erklärte der Sprecher der Stadtwerke, Jan Muster: „Die Anlage läuft wieder.“",
        "Jan Muster: Report “Die Anlage läuft wieder.”"
    )]
    [InlineData("Die Anlage sei wieder in Betrieb, so Bürgermeisterin Eva Beispiel.", "Eva Beispiel: Report")]
    [InlineData("Russland hat nichts damit zu tun, sagte Kremlsprecher Oleg Beispiel.", "Oleg Beispiel: Deny")]
    [InlineData("Russland bestritt den Angriff nicht.", "Russia: Deflect")]
    [InlineData("Norwegen könnte Russland beschuldigen.")]
    [InlineData("Russland wird des Angriffs beschuldigt.")]
    [InlineData("Wenn China die Vorwürfe bestreitet, passiert nichts.")]
    [InlineData("China bezeichnete den Bericht als „haltlos“.", "China: Deny “haltlos”")]
    [InlineData("China weist Vorwürfe zurück", "China: Deny")]
    [InlineData(
        "Der Angriff sei „barbarisch und feige“, sagte Kanzlerin Anna Muster.",
        "Anna Muster: Report “barbarisch und feige”"
    )]
    [InlineData(
        "Hinter dem Angriff steckt nach Angaben des BSI die Gruppe APT28.",
        "Federal Office for Information Security: Accuse"
    )]
    [InlineData("Er kündigte an: „Wir klagen.“")]
    [InlineData(
        "„Wir wissen es“, sagte Anna Muster. Sie fügte hinzu: „Wir werden handeln.“",
        "Anna Muster: Report “Wir wissen es”",
        "Anna Muster: Report “Wir werden handeln.”"
    )]
    [InlineData("Die Nachrichten warnten vor einer Kontosperre.")]
    public void German(string text, params string[] told) => Assert.Equal(told, Told(text, "de"));

    [Theory]
    [InlineData("Norsko obvinilo Rusko z útoku na vodárnu.", "Norway: Accuse")]
    [InlineData("Čínu z útoku obvinila česká vláda.", "Czech government: Accuse")]
    [InlineData("Čína v pátek popřela jakoukoli účast.", "China: Deny")]
    [InlineData("Čínské ministerstvo zahraničí obvinění odmítlo.", "Chinese Foreign Ministry: Deny")]
    [InlineData("Útok ostře odsoudila i Evropská unie.", "European Union: Condemn")]
    [InlineData("Polsko vyzvalo Rusko, aby útoky zastavilo.", "Poland: Demand")]
    [InlineData("Francie a Německo podpořily Norsko.", "France: Support", "Germany: Support")]
    [InlineData("Microsoft odmítl incident komentovat.", "Microsoft: Decline")]
    [InlineData("Spojené státy uvalily sankce na dvě ruské banky.", "United States: Act")]
    [InlineData("NÚKIB varuje před novou vlnou útoků.", "National Cyber and Information Security Agency: Warn")]
    [InlineData(
        "„Nenecháme se zastrašit,“ řekla ve středu ministryně vnitra Eva Příkladná.",
        "Eva Příkladná: Report “Nenecháme se zastrašit”"
    )]
    [InlineData(
        "Ministr obrany Petr Příklad uvedl: „Systémy už fungují.“",
        "Petr Příklad: Report “Systémy už fungují.”"
    )]
    [InlineData("Podle ruské vlády jsou obvinění nepodložená.", "Russian government: Deny")]
    [InlineData("Rusko útok nepopřelo.", "Russia: Deflect")]
    [InlineData("Norsko by mohlo obvinit Rusko.")]
    [InlineData("Pokud Čína obvinění popře, nic se nestane.")]
    [InlineData("Rusko varovalo Norsko.", "Russia: Warn")]
    [InlineData("Čína odmítá obvinění", "China: Deny")]
    [InlineData("Za útokem stojí podle BIS čínská skupina APT31.", "Security Information Service: Accuse")]
    [InlineData("Mluvčí ministerstva Petr Příklad řekl, že systémy fungují.", "Petr Příklad: Report")]
    [InlineData("„Víme to,“ řekla Eva Příkladná. „Budeme jednat,“ dodala.", "Eva Příkladná: Report “Víme to”")]
    [InlineData(
        "Itálie, Španělsko a Portugalsko útok odsoudily.",
        "Italy: Condemn",
        "Spain: Condemn",
        "Portugal: Condemn"
    )]
    [InlineData("Česku vyjádřily podporu NATO i Evropská unie.", "NATO: Support", "European Union: Support")]
    public void Czech(string text, params string[] told) => Assert.Equal(told, Told(text, "cs"));

    [Theory]
    [InlineData("La Norvège a accusé la Russie d'avoir attaqué le service des eaux.", "Norway: Accuse")]
    [InlineData(
        "Le ministère chinois des Affaires étrangères a rejeté ces accusations.",
        "Chinese Foreign Ministry: Deny"
    )]
    [InlineData("La Chine dément toute implication.", "China: Deny")]
    [InlineData("L'Union européenne condamne fermement l'attaque.", "European Union: Condemn")]
    [InlineData("La Pologne a exigé de la Russie qu'elle cesse ses attaques.", "Poland: Demand")]
    [InlineData(
        "La France et l'Allemagne ont exprimé leur soutien à la Norvège.",
        "France: Support",
        "Germany: Support"
    )]
    [InlineData("Microsoft a refusé de commenter l'incident.", "Microsoft: Decline")]
    [InlineData("Les États-Unis ont sanctionné deux banques russes.", "United States: Act")]
    [InlineData("L'ANSSI met en garde contre une nouvelle vague d'attaques.", "ANSSI: Warn")]
    [InlineData(
        "« Nous ne céderons pas », a déclaré mercredi la ministre Ève Exemple.",
        "Ève Exemple: Report “Nous ne céderons pas”"
    )]
    [InlineData(
        "« Tout fonctionne à nouveau », selon le gouvernement français.",
        "French government: Report “Tout fonctionne à nouveau”"
    )]
    [InlineData(
        "Le gouvernement russe a affirmé que ces accusations étaient sans fondement.",
        "Russian government: Deny"
    )]
    [InlineData("La Russie n'a pas nié l'attaque.", "Russia: Deflect")]
    [InlineData("La Russie a été accusée par la Norvège.", "Norway: Accuse")]
    [InlineData("La Norvège pourrait accuser la Russie.")]
    [InlineData("Si la Chine nie les faits, rien ne changera.")]
    [InlineData("Moscou nie toute implication", "Russia: Deny")]
    [InlineData("Selon la police espagnole, les pirates sont arrêtés.", "Spanish police: Report")]
    [InlineData(
        "Le porte-parole du gouvernement, Jean Exemple, a précisé : « Rien n'est perdu. »",
        "Jean Exemple: Report “Rien n'est perdu.”"
    )]
    [InlineData("Pékin assure que la Chine n'est pas derrière l'attaque.", "China: Deny")]
    [InlineData("L'attaque a été condamnée par l'Union européenne.", "European Union: Condemn")]
    [InlineData("L'ambassade de Chine à Prague a rejeté ces accusations.", "Embassy of China in Prague: Deny")]
    public void French(string text, params string[] told) => Assert.Equal(told, Told(text, "fr"));

    [Theory]
    [InlineData("Noruega acusó a Rusia de atacar el servicio de aguas.", "Norway: Accuse")]
    [InlineData("El Ministerio de Exteriores chino rechazó las acusaciones.", "Chinese Foreign Ministry: Deny")]
    [InlineData("China niega cualquier implicación.", "China: Deny")]
    [InlineData("La Unión Europea condenó duramente el ataque.", "European Union: Condemn")]
    [InlineData("Polonia exigió a Rusia que detenga los ataques.", "Poland: Demand")]
    [InlineData("Francia y Alemania respaldaron a Noruega.", "France: Support", "Germany: Support")]
    [InlineData("Microsoft declinó hacer comentarios.", "Microsoft: Decline")]
    [InlineData("Estados Unidos sancionó a dos bancos rusos.", "United States: Act")]
    [InlineData("La policía española advierte de una nueva oleada de ataques.", "Spanish police: Warn")]
    [InlineData("«No cederemos», dijo el miércoles la ministra Eva Ejemplo.", "Eva Ejemplo: Report “No cederemos”")]
    [InlineData(
        "La ministra Eva Ejemplo afirmó: “Los sistemas funcionan”.",
        "Eva Ejemplo: Report “Los sistemas funcionan”"
    )]
    [InlineData("Según el Gobierno ruso, las acusaciones son infundadas.", "Russian government: Deny")]
    [InlineData("Rusia no negó el ataque.", "Russia: Deflect")]
    [InlineData("Rusia fue acusada por Noruega.", "Norway: Accuse")]
    [InlineData("Noruega podría acusar a Rusia.")]
    [InlineData("Si China niega los hechos, nada cambiará.")]
    [InlineData("El ataque lo condenó también Portugal.", "Portugal: Condemn")]
    [InlineData("Moscú niega su implicación", "Russia: Deny")]
    [InlineData(
        "La portavoz del Gobierno, Ana Ejemplo, precisó: «Nada se ha perdido».",
        "Ana Ejemplo: Report “Nada se ha perdido”"
    )]
    [InlineData("El ataque fue condenado por la Unión Europea.", "European Union: Condemn")]
    [InlineData("La embajada de China en Praga rechazó las acusaciones.", "Embassy of China in Prague: Deny")]
    [InlineData("Moscú asegura que no está detrás del ataque.", "Russia: Deny")]
    public void Spanish(string text, params string[] told) => Assert.Equal(told, Told(text, "es"));

    [Theory]
    [InlineData("Норвегия обвинила Россию в атаке на водоканал.", "Norway: Accuse")]
    [InlineData("Китай в пятницу опроверг обвинения.", "China: Deny")]
    [InlineData("МИД Китая отверг обвинения.", "Chinese Foreign Ministry: Deny")]
    [InlineData("Атаку резко осудила и Франция.", "France: Condemn")]
    [InlineData("Польша потребовала от России прекратить атаки.", "Poland: Demand")]
    [InlineData("Франция и Германия поддержали Норвегию.", "France: Support", "Germany: Support")]
    [InlineData("Microsoft отказалась от комментариев.", "Microsoft: Decline")]
    [InlineData("США ввели санкции против двух российских банков.", "United States: Act")]
    [InlineData("Полиция Чехии предупредила о новой волне атак.", "Czech police: Warn")]
    [InlineData("«Мы не отступим», — заявила министр Ева Примерова.", "Ева Примерова: Report “Мы не отступим”")]
    [InlineData("По данным правительства Чехии, атака закончилась.", "Czech government: Report")]
    [InlineData("Кремль заявил, что обвинения беспочвенны.", "Russia: Deny")]
    [InlineData("Китай не отрицает атаку.", "China: Deflect")]
    [InlineData("Россию обвинила Норвегия.", "Norway: Accuse")]
    [InlineData("Если Китай опровергнет обвинения, ничего не изменится.")]
    [InlineData("Норвегия может обвинить Россию.")]
    [InlineData("Пекин отверг обвинения", "China: Deny")]
    [InlineData(
        "Представитель МИД Китая заявил: «Мы против любых форм кибератак».",
        "Chinese Foreign Ministry: Deflect “Мы против любых форм кибератак”"
    )]
    [InlineData("Министерство обороны Польши осудило атаку.", "Polish Defence Ministry: Condemn")]
    [InlineData("Власти Чехии обвинили группировку APT31 в атаке.", "Czech authorities: Accuse")]
    [InlineData("Представитель компании Иван Примеров отказался комментировать инцидент.", "Иван Примеров: Decline")]
    public void Russian(string text, params string[] told) => Assert.Equal(told, Told(text, "ru"));

    [Theory]
    [InlineData("اتهمت النرويج روسيا بمهاجمة شركة المياه.", "Norway: Accuse")]
    [InlineData("ونفت الصين أي تورط لها.", "China: Deny")]
    [InlineData("رفضت وزارة الخارجية الصينية هذه الاتهامات.", "Chinese Foreign Ministry: Deny")]
    [InlineData("أدان الاتحاد الأوروبي الهجوم بشدة.", "European Union: Condemn")]
    [InlineData("طالبت بولندا روسيا بوقف الهجمات.", "Poland: Demand")]
    [InlineData("أيدت فرنسا النرويج.", "France: Support")]
    [InlineData("امتنعت مايكروسوفت عن التعليق.")]
    [InlineData("فرضت الولايات المتحدة عقوبات على مصرفين روسيين.", "United States: Act")]
    [InlineData("حذرت الحكومة التشيكية من موجة جديدة من الهجمات.", "Czech government: Warn")]
    [InlineData("قالت الحكومة الفرنسية: «لن نتراجع».", "French government: Report “لن نتراجع”")]
    [InlineData("وأكدت روسيا أن الاتهامات لا أساس لها.", "Russia: Deny")]
    [InlineData("الصين تنفي الاتهامات", "China: Deny")]
    [InlineData("لم تنف روسيا الهجوم.")]
    [InlineData("وفقا للحكومة الألمانية انتهى الهجوم.")]
    [InlineData("وأعلنت موسكو أنها لا تقف وراء الهجوم.", "Russia: Deny")]
    [InlineData("وقال وزير الخارجية التشيكي إن الهجوم غير مقبول.")]
    [InlineData("وقالت الشركة إن الأنظمة تعمل.", "الشركة: Report")]
    [InlineData("«لن نتراجع»، قالت الحكومة الفرنسية.", "French government: Report “لن نتراجع”")]
    [InlineData("دعت الأمم المتحدة إلى وقف الهجمات.", "United Nations: Demand")]
    [InlineData("أعربت ألمانيا عن دعمها للنرويج.", "Germany: Support")]
    [InlineData("إذا نفت الصين الاتهامات فلن يتغير شيء.")]
    [InlineData("براغ تتهم الصين بهجوم سيبراني", "Czech Republic: Accuse")]
    [InlineData(
        "نددت السفارة الصينية في براغ بالاتهامات، وطالبت براغ بالتراجع عنها.",
        "Embassy of China in Prague: Condemn",
        "Embassy of China in Prague: Demand"
    )]
    [InlineData(
        "وأعربت السفارة الصينية في براغ عن «أسفها العميق»، وطالبت براغ بالتراجع.",
        "Embassy of China in Prague: Report “أسفها العميق”",
        "Embassy of China in Prague: Demand"
    )]
    public void Arabic(string text, params string[] told) => Assert.Equal(told, Told(text, "ar"));

    [Theory]
    [InlineData("挪威指责俄罗斯攻击自来水公司。", "Norway: Accuse")]
    [InlineData("中国周五否认参与攻击。", "China: Deny")]
    [InlineData("中国外交部驳斥有关指控。", "Chinese Foreign Ministry: Deny")]
    [InlineData("欧盟强烈谴责这次攻击。", "European Union: Condemn")]
    [InlineData("波兰敦促俄罗斯停止攻击。", "Poland: Demand")]
    [InlineData("法国和德国对挪威表示支持。", "France: Support", "Germany: Support")]
    [InlineData("微软拒绝置评。")]
    [InlineData("美国政府宣布制裁两家俄罗斯银行。", "US government: Act")]
    [InlineData("捷克警方警告新一轮攻击。", "Czech police: Warn")]
    [InlineData(
        "中国外交部发言人表示：“我们坚决反对一切形式的网络攻击。”",
        "Chinese Foreign Ministry: Deflect “我们坚决反对一切形式的网络攻击。”"
    )]
    [InlineData("“系统已经恢复。”法国政府说。", "French government: Report “系统已经恢复。”")]
    [InlineData("俄罗斯政府称，这些指控毫无根据。", "Russian government: Deny")]
    [InlineData("俄罗斯没有否认这次攻击。", "Russia: Deflect")]
    [InlineData("俄罗斯被指责发动攻击。")]
    [InlineData("如果中国否认指控，什么都不会改变。")]
    [InlineData("据法国政府介绍，攻击已经结束。", "French government: Report")]
    [InlineData("挪威可能指责俄罗斯。")]
    [InlineData("北京否认指控", "China: Deny")]
    [InlineData("法国总统表示，攻击不可接受。", "France: Condemn")]
    [InlineData("该公司拒绝置评。")]
    [InlineData("专家警告，漏洞十分严重。", "专家: Warn")]
    [InlineData("中国驻捷克大使馆驳斥有关指控。", "Embassy of China in Prague: Deny")]
    [InlineData("美国国务院发言人说，俄罗斯是幕后黑手。", "United States: Accuse")]
    [InlineData("日本政府召见俄罗斯大使。", "Japanese government: Protest")]
    [InlineData("德国和法国谴责这次攻击。", "Germany: Condemn", "France: Condemn")]
    [InlineData("联合国呼吁各方保持克制。", "United Nations: Demand")]
    public void Chinese(string text, params string[] told) => Assert.Equal(told, Told(text, "zh"));

    [Theory]
    [InlineData("de", "Das BSI warnte am Mittwoch vor neuen Angriffen.", "neuen Angriffen")]
    [InlineData("de", "Den Abfluss von Daten bestätigte die Bank nicht.", null)]
    [InlineData("de", "China bestritt den Angriff nicht.", "Angriff")]
    [InlineData("cs", "Norsko obvinilo Rusko z útoku.", "Russia")]
    [InlineData("cs", "Česku vyjádřila podporu Evropská unie.", "Czech Republic")]
    [InlineData("fr", "La Norvège accuse la Russie.", "Russia")]
    [InlineData("es", "Noruega condenó el ataque al hospital.", "ataque al hospital")]
    [InlineData("ru", "Польша потребовала от России прекратить атаки.", "Russia")]
    [InlineData("ar", "اتهمت النرويج روسيا بالهجوم.", "Russia")]
    [InlineData("zh", "法国对挪威表示支持。", "Norway")]
    public void A_stance_is_towards_somebody_or_something(string language, string text, string? target) =>
        Assert.Equal(target, Assert.Single(Recogniser.Read("", text, language).Statements).TargetName);

    private static IEnumerable<string> Told(string text, string language) =>
        Recogniser
            .Read("", text, language)
            .Statements.Select(s => $"{s.SpeakerName}: {s.Stance}{Quoted(text, s.Quote)}");

    // Offsets count the empty title's line feed.
    private static string Quoted(string text, Span? quote) =>
        quote is { } span ? $" “{text.Substring(span.Start - 1, span.Length)}”" : "";
}
