"""What invented judges wrote about "she stayed for six months; so she consented"."""

ESSAYS: dict[str, tuple[str, ...]] = {
    "es": (
        "«Se quedó» es un hecho; «consintió» es una conclusión que ese hecho no sostiene. Hay que"
        " preguntar qué alternativa real tenía: sin pasaporte, con una deuda que crecía y sin conocer a"
        " nadie, volver cada noche no era elegir. Conviene pedir los mensajes, el cuaderno de deudas y"
        " la declaración de la vecina, también en lo que favorezca a la acusada. Si después queda una"
        " duda razonable, se absuelve.",
        "La inferencia supone que quien puede salir se va. Esa regla no está probada: la dependencia"
        " económica, el miedo y la falta de documentos la desmienten. El tribunal buscará prueba de los"
        " medios (amenazas, engaño, retención de papeles) y oirá a la defensa sobre el trato diario. La"
        " carga sigue siendo de la acusación; quitar un estereotipo no rebaja el estándar de prueba.",
        "Seis meses de permanencia no dicen nada sobre el consentimiento si antes no se establece en"
        " qué condiciones transcurrieron. Propongo escribir: «La víctima permaneció en la casa; consta"
        " que no tenía llave ni documentos y que debía 800 dólares. De ello no se infiere aceptación»."
        " Faltan los registros de envío de dinero y el testimonio de otra trabajadora. La presunción de"
        " inocencia no cambia.",
        "El borrador convierte el paso del tiempo en voluntad. El consentimiento, además, no se tiene"
        " en cuenta cuando hubo engaño. Debe probarse el engaño con la oferta publicada, los mensajes y"
        " lo que realmente se pagó, y debe examinarse la versión de la acusada de que el trabajo era"
        " voluntario.",
        "La frase falla porque exige una víctima ideal que huye a la primera ocasión. Nadie está"
        " obligado a huir para ser creído. Se necesita prueba documental de horarios y pagos; también la"
        " agenda de la acusada, que podría mostrar que Rosa entraba y salía sin vigilancia. Con lo que"
        " hay no basta ni para condenar ni para descartar: hay que completar la prueba.",
        "No se puede saber si consintió. Ella dijo que tenía miedo y la defensa dijo que no. Como se"
        " quedó tanto tiempo hay que ver más pruebas y después decidir según la ley.",
        "Quedarse puede tener muchas causas y solo una de ellas es querer quedarse. Por eso el"
        " razonamiento debe nombrar las demás y decir qué prueba las descarta: si tenía adónde ir, quién"
        " guardaba sus documentos, qué le dijeron de la policía. La acusada conserva el beneficio de la"
        " duda sobre cada elemento.",
    ),
    "ar": (
        "إن عبارة «بقيت» واقعة، أما «وافقت» فاستنتاج لا تسنده هذه الواقعة. ينبغي أن نسأل عن البديل"
        " الحقيقي الذي كان أمامها: بلا جواز سفر ومع دين يتزايد لم يكن البقاء اختياراً. ويلزم طلب الرسائل"
        " وسجل الديون وسماع الجارة، بما في ذلك ما يفيد المتهمة. وتبقى قرينة البراءة قائمة إلى أن يزول كل"
        " شك معقول.",
        "يفترض المشروع أن من يستطيع الخروج يرحل، وهذه قاعدة غير ثابتة. فالخوف والتبعية واحتجاز الوثائق"
        " تفسر البقاء. على المحكمة أن تبحث عن دليل على الوسائل، وأن تسمع الدفاع بشأن المعاملة اليومية،"
        " من غير أن تخفف عبء الإثبات عن الادعاء.",
    ),
    "en": (
        "That she stayed is a fact; that she consented is an inference which the fact does not carry."
        " Ask which real alternative she had: no passport, a growing debt, nobody to turn to. Look for"
        " the messages, the notebook of debts and the neighbour’s account, and for whatever supports the"
        " accused. The burden stays with the prosecution; if a reasonable doubt remains, the court"
        " acquits.",
    ),
}
