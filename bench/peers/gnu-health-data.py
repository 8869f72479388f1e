"""A small unit for GNU Health: sixty in-patients and a thousand medication lines, nobody real.

Run with the Python of the environment made by gnu-health.sh: gnu-health-data.py CONFIGURATION DATABASE.
Prints what a client needs to ask for them, as JSON.
"""

import json
import sys
from datetime import datetime, timedelta

from trytond.config import config

config.update_etc(sys.argv[1])

from trytond.pool import Pool  # noqa: E402: the pool reads the configuration when it is imported
from trytond.transaction import Transaction  # noqa: E402

DATABASE = sys.argv[2]
ADMINISTRATOR = 1
PATIENTS = 60
MEDICATION_LINES = 1000
MEDICAMENTS = 40


def create(pool, model, **values):
    """One record a call: `party.create` draws one PUID a call, two persons of one call would share it."""
    return pool.get(model).create([values])[0]


def person(pool, number, **values):
    """A person; without `fed_country` GNU Health cannot draw an identifier."""
    return create(
        pool, "party.party", name=f"Prenom{number}", lastname=f"Usager{number}", is_person=True, fed_country="FRA",
        gender="f" if number % 2 else "m", dob=datetime(1936, 1, 1).date() + timedelta(days=97 * number), **values)


def product(pool, name, **values):
    """What a bed or a medicament must be before it is one."""
    unit = pool.get("product.uom").search([], limit=1)[0]
    template = create(pool, "product.template", name=name, type="goods", default_uom=unit.id)
    return create(pool, "product.product", template=template.id, **values)


def establishment(pool):
    """An institution, and the professional the administrator signs as: an administration without one is refused."""
    house = create(pool, "party.party", name="Maison", is_institution=True)
    institution = create(
        pool, "gnuhealth.institution", party=house.id, code="MAISON", institution_type="nursing_home",
        public_level="public")
    carer = person(pool, PATIENTS, is_healthprof=True, internal_user=ADMINISTRATOR)
    create(pool, "gnuhealth.healthprofessional", party=carer.id, institution=institution.id)
    return institution


def stays(pool, institution):
    """Patients, each in a bed."""
    found = []
    for number in range(PATIENTS):
        party = person(pool, number, is_patient=True)
        patient = create(
            pool, "gnuhealth.patient", party=party.id, critical_info="Allergie a la penicilline", crit_allergic=True)
        bed = create(
            pool, "gnuhealth.hospital.bed", product=product(pool, f"Lit {number}", is_bed=True).id,
            institution=institution.id)
        found.append(create(
            pool, "gnuhealth.inpatient.registration", patient=patient.id, bed=bed.id, state="hospitalized",
            admission_type="routine", institution=institution.id, hospitalization_date=datetime.now(),
            discharge_date=datetime.now() + timedelta(days=900)))
    return found


def medications(pool, registrations):
    """Lines of treatment, spread over the stays."""
    units, routes, forms, dosages = (
        pool.get(model).search([], limit=5)
        for model in ("gnuhealth.dose.unit", "gnuhealth.drug.route", "gnuhealth.drug.form", "gnuhealth.medication.dosage"))
    medicaments = [
        create(pool, "gnuhealth.medicament", product=product(pool, f"Medicament {number}", is_medicament=True).id)
        for number in range(MEDICAMENTS)]
    return pool.get("gnuhealth.inpatient.medication").create([
        {
            "registration": registrations[number % PATIENTS].id,
            "medicament": medicaments[number % MEDICAMENTS].id,
            "start_treatment": datetime.now(),
            "dose": 500.0,
            "dose_unit": units[number % len(units)].id,
            "route": routes[number % len(routes)].id,
            "form": forms[number % len(forms)].id,
            "common_dosage": dosages[number % len(dosages)].id,
            "qty": 1,
        }
        for number in range(MEDICATION_LINES)])


def main():
    """Loads everything in one transaction, as the administrator."""
    Pool.start()
    pool = Pool(DATABASE)
    pool.init()
    with Transaction().start(DATABASE, ADMINISTRATOR) as transaction:
        registrations = stays(pool, establishment(pool))
        lines = medications(pool, registrations)
        transaction.commit()
        print(json.dumps({
            "patients": [registration.patient.id for registration in registrations],
            "medications": [line.id for line in lines],
            "dose_unit": lines[0].dose_unit.id,
        }))


main()
