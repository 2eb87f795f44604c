"""R1: files, names and data."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import (
    COURSE,
    HEAD,
    IMAGE,
    LESSON,
    QUESTION,
    QUIZ,
    QUIZ_HEAD,
    SVG,
    Example,
    Explanation,
    file,
    folder,
    front,
    lesson,
)

_FRONT = "titulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n"
_SECOND = "01-marco/02-otra.md"
_LATER = "---\ntipo: encuesta\ntitulo: Qué aplica\nminutos: 2\nmomento: seguimiento\n---\n"
_OPINION = "::: pregunta {id=uno}\n¿Lo ha usado?\n\n( ) Sí.\n( ) Todavía no.\n:::\n"
PAGES = (
    Explanation(
        code=Code.UNREADABLE,
        title="No se puede leer un archivo o una carpeta",
        why="Lo que el programa no puede abrir no llega a ninguna persona.",
        cure="Revise que la carpeta exista y que su usuario tenga permiso para leerla.",
        bad=folder("Una carpeta que no existe, o un archivo sin permiso de lectura."),
        good=folder("Todos los archivos se abren con su editor."),
    ),
    Explanation(
        code=Code.NOT_UTF8,
        title="El archivo no está en UTF-8",
        why="En otra codificación las tildes y las eñes se leen mal.",
        cure="Ábralo en su editor y elija «Guardar con codificación: UTF-8».",
        bad=folder("Un archivo guardado como «Windows-1252».", {LESSON: HEAD.encode() + b"Ni\xf1as.\n"}),
        good=folder("El mismo archivo guardado como UTF-8.", {LESSON: HEAD + "Niñas.\n"}),
    ),
    Explanation(
        code=Code.TOO_LARGE,
        title="Un archivo o el curso entero pesa demasiado",
        why="Quien estudia con poca señal no podría abrirlo.",
        cure="Divida el texto, reduzca la imagen o quite lo que no usa.",
        bad=folder("Una lección de 200 001 letras.", {LESSON: HEAD + "a" * 200_001}),
        good=folder("La misma materia en varias lecciones.", {LESSON: HEAD + "Una parte.\n"}),
    ),
    Explanation(
        code=Code.LINK_IN_TREE,
        title="Hay un enlace a otro lugar del disco",
        why="En otro equipo ese lugar no existe, y podría llevar fuera del curso.",
        cure="Copie el archivo dentro de la carpeta del curso.",
        bad=folder("imagenes/foto.png es un enlace simbólico a /home/ana/foto.png."),
        good=folder("imagenes/foto.png es el archivo mismo."),
    ),
    Explanation(
        code=Code.FORBIDDEN_CHARACTER,
        title="Hay un carácter invisible",
        why="No se ve, pero rompe palabras, búsquedas y enlaces. Suele venir de copiar y pegar.",
        cure="Borre la línea y escríbala de nuevo a mano.",
        bad=lesson("Una palabra\x0bpartida.\n"),
        good=lesson("Una palabra partida.\n"),
    ),
    Explanation(
        code=Code.UNUSED_FILE,
        title="Un archivo no se usa",
        why="Nadie lo lee, y ocupa sitio en cada copia del curso.",
        cure="Agréguelo a un módulo o a una lección, o quítelo.",
        bad=folder("imagenes/ruta.svg está en la carpeta y ninguna página la muestra.", {IMAGE: SVG}),
        good=lesson("![La ruta en cinco pasos](../imagenes/ruta.svg)\n", {IMAGE: SVG}),
    ),
    Explanation(
        code=Code.MISSING_FILE,
        title="Falta la portada del curso",
        why="`curso.yaml` dice el título, las horas y los módulos.",
        cure="Cree `curso.yaml` en la carpeta del curso.",
        bad=folder("La carpeta no tiene curso.yaml.", {"curso.yaml": None}),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.BAD_YAML,
        title="El YAML no se entiende",
        why="Sin datos legibles no se sabe qué es cada cosa.",
        cure="Revise sangrías y comillas. Un texto con dos puntos va entre comillas.",
        bad=file("curso.yaml", COURSE.replace("titulo: Curso", "titulo: Curso: primera parte")),
        good=file("curso.yaml", COURSE.replace("titulo: Curso", 'titulo: "Curso: primera parte"')),
    ),
    Explanation(
        code=Code.UNKNOWN_KEY,
        title="La clave no existe",
        why="Una clave mal escrita no hace nada, y el dato se pierde.",
        cure="Use la que propone el mensaje.",
        bad=file("curso.yaml", COURSE.replace("titulo: Curso", "titlo: Curso")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.MISSING_KEY,
        title="Falta un dato obligatorio",
        why="Ese dato se muestra a quien estudia o hace falta para calcular.",
        cure="Agregue la clave que nombra el mensaje.",
        bad=file("curso.yaml", COURSE.replace("resumen: De prueba.\n", "")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.BAD_VALUE,
        title="El valor no es de los que se admiten",
        why="Una fecha imposible o un número con letras no se pueden usar.",
        cure="Escríbalo como dice el mensaje.",
        bad=front(_FRONT.replace("2026-11-21", "21/11/2026")),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.DUPLICATE_KEY,
        title="Una clave está repetida",
        why="Valdría una de las dos, y no se sabría cuál.",
        cure="Deje una.",
        bad=front(f"titulo: Otra\n{_FRONT}"),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.EMPTY_MODULE,
        title="El módulo no tiene lecciones",
        why="Se vería una estación vacía en el recorrido.",
        cure="Corrija el nombre de la carpeta en `curso.yaml` o escriba una lección.",
        bad=file("curso.yaml", COURSE.replace("01-marco", "01-marcos")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.BAD_NAME,
        title="El nombre del archivo no sirve de dirección",
        why="El nombre se vuelve la dirección de la página: lleva minúsculas sin tilde, cifras y guiones.",
        cure="Póngale el nombre que propone el mensaje.",
        bad=folder("01-marco/02-Qué es.md", {"01-marco/02-Qué es.md": HEAD + "Texto.\n"}),
        good=folder("01-marco/02-que-es.md", {"01-marco/02-que-es.md": HEAD + "Texto.\n"}),
    ),
    Explanation(
        code=Code.DUPLICATE_SLUG,
        title="Dos páginas tienen la misma dirección",
        why="El número del principio no cuenta: una taparía a la otra.",
        cure="Cambie el nombre de una, no solo su número.",
        bad=folder("01-tema.md y 02-tema.md", {"01-marco/02-tema.md": HEAD + "Texto.\n"}),
        good=folder("01-tema.md y 02-otro-tema.md", {"01-marco/02-otro-tema.md": HEAD + "Texto.\n"}),
    ),
    Explanation(
        code=Code.HOURS_DO_NOT_ADD_UP,
        title="Las horas no suman",
        why="Las horas de la constancia deben coincidir con las de los módulos.",
        cure="Corrija las del curso o las de un módulo.",
        bad=file("curso.yaml", COURSE.replace("horas: 1\nmodulos", "horas: 2\nmodulos")),
        good=file("curso.yaml", COURSE),
    ),
    Explanation(
        code=Code.SEVERAL_QUIZZES,
        title="El módulo termina con dos cuestionarios",
        why="Sin número no se sabe cuál va antes.",
        cure="Numere uno, como 03-prueba.md, para darle su lugar; el que no tiene número va al final.",
        bad=folder(
            "comprobacion.md y otra.md, las dos con «tipo: cuestionario»",
            {
                QUIZ: QUIZ_HEAD + QUESTION,
                "01-marco/otra.md": QUIZ_HEAD + QUESTION.replace("uno", "dos"),
            },
        ),
        good=folder(
            "00-antes.md y comprobacion.md",
            {
                QUIZ: QUIZ_HEAD + QUESTION,
                "01-marco/00-antes.md": QUIZ_HEAD + QUESTION.replace("uno", "dos"),
            },
        ),
    ),
    Explanation(
        code=Code.SEVERAL_FOLLOW_UPS,
        title="Dos encuestas de seguimiento preguntan a la misma persona",
        why="Meses después llega una sola carta, con una sola encuesta.",
        cure="Reúna las preguntas en una, o escriba «responde: superior» en la de quien dirige a la persona.",
        bad=folder(
            "01-que-aplica.md y 02-que-mas.md, las dos con «momento: seguimiento»",
            {
                "01-marco/01-que-aplica.md": _LATER + _OPINION,
                "01-marco/02-que-mas.md": _LATER + _OPINION.replace("uno", "dos"),
            },
        ),
        good=folder(
            "01-que-aplica.md, y 02-que-ve.md con «responde: superior»",
            {
                "01-marco/01-que-aplica.md": _LATER + _OPINION,
                "01-marco/02-que-ve.md": _LATER.replace("seguimiento\n", "seguimiento\nresponde: superior\n")
                + _OPINION.replace("uno", "dos"),
            },
        ),
    ),
    Explanation(
        code=Code.PAGE_LOST,
        title="Falta una página de la última versión",
        why="Quien la leyó no verá su avance si pasa a la versión nueva.",
        cure="Devuélvale su nombre de archivo. Si la quita a propósito, siga adelante: es un aviso.",
        bad=Example(
            shown="La última versión tenía 02-otra.md; ahora se llama 02-la-otra.md.",
            files={"01-marco/02-la-otra.md": HEAD + "Texto.\n"},
            before={_SECOND: HEAD + "Texto.\n"},
        ),
        good=Example(
            shown="02-otra.md pasó a ser 03-otra.md: su dirección no cambia.",
            files={"01-marco/03-otra.md": HEAD + "Texto.\n"},
            before={_SECOND: HEAD + "Texto.\n"},
        ),
    ),
)
