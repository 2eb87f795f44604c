"""R5: words, numbers and sentences. R9: what is permitted in place."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.explanations.page import Explanation, front, lesson

_FRONT = "titulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n"
_LONG = (
    "La persona que atiende la ventanilla escucha con calma, pregunta lo que hace falta, explica los servicios, "
    "ofrece un lugar seguro, espera la respuesta, anota lo necesario, llama a su enlace y acompaña a la persona "
    "hasta la puerta de la oficina que la recibe."
)
_SHORT = (
    "La persona que atiende la ventanilla escucha con calma. Pregunta lo que hace falta y explica los servicios. "
    "Después acompaña a la persona."
)
_HARD = (
    "La institucionalización interdisciplinaria de procedimientos administrativos contribuye significativamente a "
    "responsabilidades gubernamentales diferenciadas. "
) * 9
_EASY = (
    "La persona llega con miedo. Usted la saluda y le ofrece agua. Le pide permiso para hablar a solas. " * 6
)
_ALLOWED = "<!-- ruta: permitir R502 porque es el título de una obra de 1910 -->\n"
PAGES = (
    Explanation(
        code=Code.PHONE_NUMBER,
        title="Hay un teléfono en el texto",
        why="Los números cambian. En el directorio tienen fuente y fecha de comprobación.",
        cure="Quítelo y póngalo en el directorio de contactos.",
        bad=lesson("Escriba al 998 123 4567.\n"),
        good=lesson("Llame a la línea de su directorio.\n"),
    ),
    Explanation(
        code=Code.WORD_TO_AVOID,
        title="Una palabra que conviene evitar",
        why="Hay palabras que etiquetan a la persona o repiten un tópico. Entre comillas se pueden citar.",
        cure="Use la que propone el mensaje.",
        bad=lesson("Es un caso de trata de blancas.\n"),
        good=lesson("Es un caso de trata de personas. No diga «trata de blancas».\n"),
    ),
    Explanation(
        code=Code.LONG_SENTENCE,
        title="La frase es demasiado larga",
        why="Nadie lee en un teléfono una frase de más de cuarenta palabras; lo bueno son unas veinte.",
        cure="Divídala.",
        bad=lesson(f"{_LONG}\n"),
        good=lesson(f"{_SHORT}\n"),
    ),
    Explanation(
        code=Code.MINUTES,
        title="Los minutos no corresponden al texto",
        why="Quien estudia entre dos turnos confía en ellos. Se calculan 180 palabras y una pregunta por minuto.",
        cure="Ponga los que dice el mensaje.",
        bad=front(_FRONT.replace("minutos: 1", "minutos: 9")),
        good=front(_FRONT),
    ),
    Explanation(
        code=Code.HARD_TO_READ,
        title="El texto es difícil de leer",
        why=(
            "Se mide la perspicuidad de Szigriszt Pazos (1993), 206.835 − 62.3 × sílabas ÷ palabras − palabras ÷ "
            "frases, con los grados de la escala INFLESZ (Barrio-Cantalejo y otros, Anales del Sistema Sanitario de "
            "Navarra 31, 2, 2008). Por debajo de 55 es algo difícil; por debajo de 40, muy difícil."
        ),
        cure="Empiece por la frase que señala el aviso: divídala y cambie palabras largas por comunes.",
        bad=lesson(f"{_HARD}\n"),
        good=lesson(f"{_EASY}\n"),
    ),
    Explanation(
        code=Code.PERSONAL_DATA,
        title="Puede haber datos de una persona real",
        why=(
            "Un curso no es un registro de casos. Documentos, correos, domicilios, placas, fechas de nacimiento, "
            "coordenadas y números de investigación llevan a una persona. En un bloque «ficticio» tampoco se inventan "
            "números de documentos: podrían ser de alguien."
        ),
        cure="Quítelo. Diga «una mujer joven», «una terminal», «su documento».",
        bad=lesson("Vivía en la calle Morelos 123 y nació el 3 de mayo de 2001.\n"),
        good=lesson("Vivía cerca de una terminal y tenía unos veinte años.\n"),
    ),
    Explanation(
        code=Code.BAD_PERMISSION,
        title="La nota que permite un aviso no se entiende",
        why="Quien lea el curso después necesita saber qué se permitió y por qué.",
        cure="Escriba «ruta: permitir R502 porque …», con el código y la razón.",
        bad=lesson("<!-- ruta: permitir R502 -->\nLa novela *Trata de blancas*.\n"),
        good=lesson(f"{_ALLOWED}La novela *Trata de blancas*.\n"),
    ),
    Explanation(
        code=Code.UNUSED_PERMISSION,
        title="La nota no permite nada",
        why="El aviso ya no existe, y la nota escondería el siguiente.",
        cure="Quite la nota.",
        bad=lesson(f"{_ALLOWED}Una novela de la época.\n"),
        good=lesson("Una novela de la época.\n"),
    ),
    Explanation(
        code=Code.PERMITTED_ERROR,
        title="Un error no se permite",
        why="Con un error el curso no se puede publicar: no es cuestión de opinión.",
        cure="Corrija el error y quite la nota.",
        bad=lesson("<!-- ruta: permitir R407 porque falta el glosario -->\nHay que [[canalisar]] pronto.\n"),
        good=lesson("Hay que [[canalizar]] pronto.\n"),
    ),
)
