"""Makes the domain that each Samba server of the tests starts from: template.py FOLDER, with the recipe on stdin.

Calls Samba's own API: `samba-tool domain provision` would need root for the files of sysvol. FOLDER appears whole or
not at all; the caller holds a lock, so that it is made once.
"""
import grp
import json
import logging
import os
import pwd
import shutil
import subprocess
import sys

from samba.auth import system_session
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.param import LoadParm
from samba.provision import provision
from samba.provision.common import FILL_FULL
from samba.samdb import SamDB

CONFIGURATION = """[global]
netbios name = DC1
realm = {realm}
workgroup = {domain}
server role = active directory domain controller
interfaces = 127.0.10.1/8
bind interfaces only = yes
private dir = {folder}/private
state directory = {folder}/state
"""


def make(folder, recipe):
    os.makedirs(folder)
    configuration = os.path.join(folder, "base.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(folder=folder, **recipe))
    lp = LoadParm()
    lp.load(configuration)
    provision(
        logging.getLogger("provision"), system_session(), targetdir=folder, samdb_fill=FILL_FULL,
        realm=recipe["realm"], domain=recipe["domain"], hostname="dc1", hostip="127.0.10.1",
        adminpass=recipe["password"], dns_backend="SAMBA_INTERNAL",
        serverrole="active directory domain controller", dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2,
        root=pwd.getpwuid(os.getuid()).pw_name, nobody=pwd.getpwuid(os.getuid()).pw_name,
        users=grp.getgrgid(os.getgid()).gr_name, lp=lp, use_ntvfs=False, skip_sysvolacl=True, batch_mode=True)
    database = os.path.join(folder, "private", "sam.ldb")
    lp.set("dsdb:schema update allowed", "yes")
    for ldif in recipe["ldif"]:
        # Opened anew for each text: what one adds to the schema is known to the next.
        SamDB(url=database, session_info=system_session(), lp=lp).modify_ldif(ldif)
    for user, password in recipe["passwords"].items():
        samdb = SamDB(url=database, session_info=system_session(), lp=lp)
        samdb.setpassword(f"(sAMAccountName={user})", password)
        samdb.enable_account(f"(sAMAccountName={user})")
    subprocess.run(
        ["sh", "-eu", "-c", recipe["certificates"], "sh", os.path.join(folder, "private", "tls")],
        check=True, capture_output=True)
    # The rights are given by the very commands that are printed for the people who run a directory.
    subprocess.run(
        ["sh", "-eu", "-c", recipe["rights"]], check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "H": database, "OPTIONS": f"--configfile={configuration}"})


def main():
    folder = sys.argv[1]
    if os.path.exists(folder):
        return
    unfinished = folder + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    make(unfinished, json.load(sys.stdin))
    os.rename(unfinished, folder)


main()
