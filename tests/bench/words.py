"""Words of which the bench makes events: as different as those of a real programme, so that search has work to do."""

THINGS = (
    "mobilen", "surfplattan", "datorn", "BankID", "e-legitimation", "mejlen", "kartan", "kalendern", "bilderna",
    "lösenordet", "skrivaren", "appen", "bibliotekskortet", "bussbiljetten", "receptet", "tidbokningen",
    "journalen", "1177", "Försäkringskassan", "Skatteverket", "pensionen", "deklarationen", "skolan", "förskolan",
    "bostadskön", "jobbansökan", "betygen", "blanketten", "fakturan", "banken", "Swish", "kortbetalningen",
    "videosamtalet", "bildtelefonen", "ljudboken", "dagstidningen", "släktforskningen", "musiken", "filmen",
    "fotografiet", "översättningen", "kameran", "skannern", "3D-skrivaren", "VR-glasögonen", "roboten",
    "programmeringen", "hemsidan", "bloggen", "podden", "molnet", "minneskortet", "säkerhetskopian",
    "uppdateringen", "batteriet", "hörlurarna", "högtalaren", "teven", "fjärrkontrollen", "klockan", "hälsoappen",
    "stegräknaren", "kassan", "självscanningen", "parkeringen", "elbilen", "elräkningen", "värmepumpen", "larmet",
    "nyckeln", "grannsamverkan", "trygghetsringen",
)  # fmt: skip
OPENINGS = (
    "Kom igång med", "Mer om", "Frågor om", "En kväll om", "Lär dig", "Prova", "Trygg med", "Hjälp med", "Samtal om",
    "Första stegen med", "Säkert och enkelt:", "Vi övar:", "Fika och prata om", "Nyfiken på",
)  # fmt: skip
FOR_WHOM = (
    "för nybörjare", "för dig över 65", "för föräldrar", "för nyanlända", "för företagare", "för anhöriga",
    "för föreningar", "för unga", "på lättläst svenska", "på arabiska", "på engelska", "i lugn takt",
)  # fmt: skip
SENTENCES = (
    "Vi går igenom det steg för steg, och du övar på din egen telefon eller på en av våra.",
    "Ta med frågorna du har; ingen fråga är för liten.",
    "En guide sitter bredvid dig tills det fungerar.",
    "Du behöver inte kunna något innan, och du får ta den tid du behöver.",
    "Efteråt bjuder vi på kaffe, och du får med dig ett papper med allt vi gick igenom.",
    "Vi talar också om bedrägerier, och hur du känner igen dem.",
    "Det finns plats för rullstol, och en hörselslinga i rummet.",
    "Du får hjälp att logga in på ett säkert sätt och att komma ihåg hur du gjorde.",
)
