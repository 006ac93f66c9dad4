# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented names: of practices, streets and people. Any likeness to a real practice or person is chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from huisartsplek.simulator.geography import Integers

PRACTICE_KINDS = {
    "solo": ("Praktijk", "Huisartsenpraktijk", "Dokterspraktijk", "Huisarts"),
    "duo": ("Huisartsen", "Duopraktijk", "Dokters", "Doktershuis"),
    "group": ("Groepspraktijk", "Huisartsengroep", "Huisartsencentrum", "Huisartsenhuis"),
}
PRACTICE_WORDS = (
    "De Regenton", "Klaverblad", "De Kleine Beer", "Het Lantaarntje", "De Wilde Kers", "Zonnehoed",
    "De Roodborst", "Het Witte Paard", "De Hazelaar", "Morgenster", "De Trekschuit", "Het Vlierbos",
    "De Notenkraker", "Pluktuin", "De IJsvogel", "Het Kompas", "De Kersenpit", "Boterbloem", "De Fietsbel",
    "Het Zeepaardje", "De Appelgaard", "Rozenbottel", "De Meerkoet", "Het Kruispunt", "Het Wollegras",
    "Zilverlinde", "De Windwijzer", "Het Baken", "De Kwikstaart", "Wilgenroos", "De Theeketel",
    "Het Tolhuisje", "De Zwaluwstaart", "Korenbloem", "De Waterlelie", "Het Schapenpad", "De Eekhoorn",
    "Vuurdoorn", "De Tuimelaar", "Het Honingvat", "De Grutto", "Sleutelbloem", "De Boomklever",
    "Het Kattenluik", "De Brandgans", "Duizendblad", "De Zandloper", "Het Sluisje", "De Pimpelmees",
    "Lavendelhof", "De Paraplu", "Het Peperhuis", "De Wielewaal", "Kamille", "Het Stoepkrijt",
    "Het Vogelnest", "De Zevensprong", "Winterkoning", "De Lijsterbes", "Het Houten Huis", "De Veldmuis",
    "Speenkruid", "De Gele Lis", "Het Groene Hek", "De Koekoeksklok", "Maanzaad", "De Rode Draad",
    "Het Molentje", "De Kievitsbloem", "Zuring", "De Waslijn", "Het Ankertje", "De Steenuil", "Bosanemoon",
    "De Schommel", "Het Wolkje", "De Otter", "Madelief", "De Zonnewijzer", "Het Bruggetje", "De Hooiberg",
    "Vlinderstruik", "De Goudvink", "Het Klompje", "De Rietkraag", "Dotterbloem", "De Kapstok",
    "Het Tuinhek", "De Bever", "Heideroosje", "De Vuurtoren", "Het Spinnewiel", "De Nachtegaal", "Meidoorn",
    "De Schelp", "Het Weegschaaltje", "De Putter", "Ooievaarsbek", "De Blauwe Pan", "Het Kwartier",
    "De Sperwer", "Wederik", "De Knikker", "Het Boothuis", "De Kastanje", "Sneeuwklok", "De Fuut",
    "Het Perenlaantje", "De Zeester", "Vingerhoed", "De Slinger", "Het Kasboek", "De Lepelaar", "Ereprijs",
    "De Tol", "Het Uilenbord", "De Bosbes", "Akelei", "De Draaimolen", "Het Karrenspoor", "De Scholekster",
    "Kardinaalsmuts", "De Drie Linden", "Het Windorgel", "De Karekiet", "Wolfsmelk", "De Zaaier",
    "Het Duivenhuis",
)  # fmt: skip
STREETS = (
    "Lindenhof", "Beukenlaan", "Molenpad", "Kerkakker", "Wilgenkade", "Zonneweg", "Vlierstraat", "Hazelaarstraat",
    "Meidoornlaan", "Bleekveld", "Brugstraat", "Kersentuin", "Sluisweg", "Akkerstraat", "Weidelaan", "Tuinpad",
    "Elzenkade", "Iepenplein", "Korenstraat", "Appelhof",
)  # fmt: skip

OLDER_NAMES = (
    "Anna", "Maria", "Johanna", "Marijke", "Els", "Ingrid", "Saskia", "Wilma", "Anneke", "Mieke", "Ria", "Truus",
    "Jan", "Pieter", "Kees", "Willem", "Henk", "Wim", "Frank", "Joost", "Erik", "Hans", "Gerrit", "Theo",
)  # fmt: skip
YOUNGER_NAMES = (
    "Emma", "Sanne", "Lotte", "Femke", "Julia", "Tess", "Fleur", "Roos", "Iris", "Noor", "Evi", "Saar", "Bram",
    "Daan", "Sem", "Lars", "Thijs", "Jeroen", "Maarten", "Bas", "Ruben", "Luuk", "Gijs", "Finn",
)  # fmt: skip
OTHER_NAMES = (
    "Fatima", "Aylin", "Samira", "Yasmin", "Elif", "Nadia", "Agnieszka", "Olena", "Selam", "Shanti", "Mohamed",
    "Emre", "Youssef", "Mehmet", "Ahmed", "Piotr", "Andriy", "Dawit", "Ravi", "Jayden",
)  # fmt: skip
OLDER_BORN_BEFORE = np.datetime64("1978-01-01")
DUTCH_STARTS = (
    "Eiken", "Water", "Zand", "Molen", "Berken", "Kerk", "Vis", "Heide", "Wolven", "Linden", "Riet",
    "Steen", "Koren", "Veen", "Haver", "Elzen", "Rogge", "Klaver", "Ganzen", "Duin", "Bloem", "Winter",
    "Zomer", "Nieuwen", "Ooster",
)  # fmt: skip
DUTCH_ENDS = (
    "brink",
    "kamp",
    "horst",
    "dijk",
    "veld",
    "berg",
    "man",
    "hof",
    "wijk",
    "akker",
    "meer",
    "stra",
    "sma",
)
DUTCH_BEFORE = ("", "", "", "", "Van ", "Van den ", "De ", "Ter ")
OTHER_STARTS = (
    "El Ham", "Ben Sal", "Aït Mour", "Yıldır", "Kara", "Öz", "Demir", "Ramsoe", "Bihar", "Kowal", "Nowa", "Shevch",
    "Tesfa", "Haile", "Al Naz", "Rojas", "Nguyen ", "Maduro-", "Abdi",
)  # fmt: skip
OTHER_ENDS = {
    "El Ham": ("douni", "raoui", "iddi"), "Ben Sal": ("houni", "mani", "lah"), "Aït Mour": ("abit", "adi", "sil"),
    "Yıldır": ("kaya", "taş", "soy"), "Kara": ("bulut", "tepe", "göl"), "Öz": ("yurt", "dere", "gün"),
    "Demir": ("bağ", "soylu", "can"), "Ramsoe": ("dhar", "singh", "kal"), "Bihar": ("ilal", "isingh", "ipersad"),
    "Kowal": ("ewicz", "iński", "czuk"), "Nowa": ("rski", "czek", "liński"), "Shevch": ("uryna", "enka", "yshyn"),
    "Tesfa": ("lem", "ghiorgis", "mikael"), "Haile": ("ab", "mekonen", "selas"), "Al Naz": ("rawi", "mani", "sari"),
    "Rojas": (" Linde", " Prado", " Mar"), "Nguyen ": ("Lan", "Thao", "Binh"), "Maduro-": ("Kas", "Rif", "Aloe"),
    "Abdi": ("rashe", "nur", "wale"),
}  # fmt: skip
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
NEVER_ISSUED = ("SA", "SD", "SS")


def practice_names(rng: np.random.Generator, sizes: Sequence[str], place: Integers) -> list[str]:
    """A name for each practice, no two the same in one place."""
    order = {town: rng.permutation(len(PRACTICE_WORDS)) for town in sorted(set(place.tolist()))}
    met: dict[int, int] = {}
    names = []
    for size, town in zip(sizes, place.tolist(), strict=True):
        before = met.get(town, 0)
        met[town] = before + 1
        cycle, index = divmod(before, len(PRACTICE_WORDS))
        kinds = PRACTICE_KINDS[size]
        if cycle >= len(kinds):
            raise ValueError("more practices in one place than there are names")
        word = int(order[town][index])
        names.append(f"{kinds[(cycle + word) % len(kinds)]} {PRACTICE_WORDS[word]}")
    return names


def family_names(rng: np.random.Generator, count: int) -> tuple[list[str], NDArray[np.bool_]]:
    """Composed family names, and which of them, about a quarter, are not Dutch."""
    every_dutch = [f"{start}{end}" for start in DUTCH_STARTS for end in DUTCH_ENDS]
    every_other = [f"{start}{end}" for start in OTHER_STARTS for end in OTHER_ENDS[start]]
    dutch = rng.integers(len(every_dutch), size=count)
    before = rng.integers(len(DUTCH_BEFORE), size=count)
    other = rng.integers(len(every_other), size=count)
    is_other = rng.random(count) < 0.25
    names = [
        every_other[o] if foreign else DUTCH_BEFORE[b] + every_dutch[d]
        for d, b, o, foreign in zip(dutch.tolist(), before.tolist(), other.tolist(), is_other.tolist(), strict=True)
    ]
    return names, is_other


def given_names(
    rng: np.random.Generator, birth_date: NDArray[np.datetime64], is_other: NDArray[np.bool_], first: Integers
) -> list[str]:
    """A given name for each person, fit for their age and mostly for their family; `first` is the first of the
    household, and no two of a household have one name."""
    pool = np.where(rng.random(len(birth_date)) < np.where(is_other, 0.8, 0.03), 2, birth_date >= OLDER_BORN_BEFORE)
    pools = (OLDER_NAMES, YOUNGER_NAMES, OTHER_NAMES)
    # Steps of the golden section never come close to each other in so few.
    draws = ((rng.random(len(birth_date))[first] + (np.arange(len(first)) - first) * 0.382) % 1).tolist()
    return [pools[which][int(draw * len(pools[which]))] for which, draw in zip(pool.tolist(), draws, strict=True)]


def postcode_letters(rng: np.random.Generator, count: int) -> list[str]:
    """Two letters as they are issued."""
    pairs = [one + two for one in LETTERS for two in LETTERS if one + two not in NEVER_ISSUED]
    return [pairs[index] for index in rng.integers(len(pairs), size=count).tolist()]
