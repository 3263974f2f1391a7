/** Indonesian for the words of help, by the English ones that stand at each command and option. */
export const HELP_WORDS: Readonly<Record<string, string>> = {
  'Usage:': 'Pemakaian:',
  'Options:': 'Opsi:',
  'Commands:': 'Perintah:',
  'display help for command': 'menampilkan bantuan ini',
  'output the version number': 'menampilkan nomor versi',
  'ICT services as code: an approved request file becomes an account, a mailbox, an address.':
    'Layanan TIK sebagai berkas: permintaan yang disetujui menjadi akun, kotak surat, alamat, atau server.',
  'Check request files against the catalogue; reaches no target':
    'Memeriksa berkas permintaan terhadap katalog; tidak menyentuh sistem tujuan',
  'folder of the request files': 'folder berkas permintaan',
  'folder of catalogues, people and rules': 'folder katalog, orang, dan aturan',
  'folder of journal, hand-over and index': 'folder jurnal, serah terima, dan indeks',
  'environment in <policies>/environments, or its file': 'lingkungan di <policies>/environments, atau berkasnya',
  'act as if it were this day (YYYY-MM-DD)': 'seolah-olah hari ini tanggal itu (tahun-bulan-hari)',
  'id or en': 'id atau en',
  'check only what the last commit changes since this revision':
    'hanya memeriksa yang diubah komit terakhir sejak revisi ini',
  'Show what apply would do; writes nothing': 'Menampilkan yang akan dikerjakan apply; tidak menulis apa pun',
  'only requests whose term changes phase by this day': 'hanya permintaan yang masa layanannya beralih sampai hari itu',
  'plan from a published reading; asks nothing of any target':
    'merencanakan dari keadaan yang diterbitkan; tidak bertanya ke sistem tujuan',
  'Write what the targets hold of our requests, for plans without credentials':
    'Menulis keadaan permintaan di sistem tujuan, untuk rencana tanpa kredensial',
  'where the reading is written': 'tempat keadaan itu ditulis',
  'Enter an approval, or attest the letter of a request':
    'Mencatat persetujuan, atau menyatakan surat permintaan sudah dilihat',
  'who approves: an id in people.yaml': 'siapa yang menyetujui: pengenal di people.yaml',
  'all requests of a collective order: shows them, then takes --confirm':
    'semua permintaan kolektif: ditampilkan dahulu, lalu --confirm',
  'with --batch: the digest that was shown': 'dengan --batch: digest yang ditampilkan',
  'name an object whose deletion is approved (repeat it)':
    'menyebut objek yang penghapusannya disetujui (boleh diulang)',
  'Carry out what is approved and confirmed': 'Mengerjakan yang sudah disetujui dan ditegaskan',
  'the digest of the plan that you looked at': 'digest rencana yang sudah Anda lihat',
  'apply what is planned now, unseen (sandbox)': 'langsung mengerjakan rencana saat ini (sandbox)',
  'Tell for each request how it stands': 'Menampilkan keadaan setiap permintaan',
  'only requests of which a norm has passed': 'hanya permintaan yang norma waktunya sudah lewat',
  'Tell all of one request': 'Menampilkan semua tentang satu permintaan',
  'Tell what the targets hold otherwise than it was fulfilled':
    'Menampilkan yang di sistem tujuan berbeda dari saat terpenuhi',
  'Tell whose term ends soon and what is deleted soon, with renewals ready to merge':
    'Menampilkan masa layanan yang segera berakhir dan yang segera dihapus, dengan perpanjangan siap pakai',
  'the last day on which notices were sent; by default yesterday':
    'hari terakhir pemberitahuan dikirim; biasanya kemarin',
  'write a renewal for each request into this folder': 'menulis perpanjangan setiap permintaan ke folder ini',
  'Write a later last day into a request file': 'Menulis hari terakhir yang lebih lama di berkas permintaan',
  'the new last day; by default the longest term that the catalogue allows':
    'hari terakhir yang baru; biasanya masa terpanjang menurut katalog',
  'Work orders: what people do, and tell that they did': 'Perintah kerja: yang dikerjakan orang, dan laporannya',
  'List the open work orders': 'Menampilkan perintah kerja yang terbuka',
  'an id in teams.yaml': 'pengenal di teams.yaml',
  'those that are closed too': 'juga yang sudah ditutup',
  'Show one with its steps': 'Menampilkan satu beserta langkahnya',
  'Tell that a step is done': 'Melaporkan satu langkah selesai',
  'what came of it': 'hasilnya',
  'file that proves it': 'berkas buktinya',
  'who does it: an id in people.yaml': 'siapa yang mengerjakan: pengenal di people.yaml',
  'Tell whether a component passed': 'Menilai apakah satu komponen lulus',
  'it passed': 'lulus',
  'it failed': 'tidak lulus',
  'what was found': 'yang ditemukan',
  'Stop the clock: the requester must act first': 'Menghentikan waktu: pemohon harus bertindak dahulu',
  'what the requester must do': 'yang harus dilakukan pemohon',
  'Let the clock run again': 'Menjalankan waktu lagi',
  'Close it: all steps are done, and all components judged':
    'Menutup: semua langkah selesai dan semua komponen dinilai',
  'Have it done anew: a complaint within the days that the catalogue gives, or what failed is mended':
    'Meminta dikerjakan ulang: keluhan dalam batas hari menurut katalog, atau yang gagal sudah diperbaiki',
  why: 'alasannya',
  'Check that the journal is the unbroken chain that it was': 'Memeriksa bahwa jurnal masih rantai yang utuh',
  'an end that the chain must still hold (repeat it)': 'ujung yang masih harus ada di rantai (boleh diulang)',
  'List what can be ordered': 'Menampilkan yang dapat dipesan',
  'only this catalogue': 'hanya katalog ini',
  'Write a request file: asks on a terminal; or one for each row of a sheet':
    'Menulis berkas permintaan: bertanya di terminal; atau satu berkas untuk setiap baris lembar',
  'the catalogue under which it is ordered; by default the newest that offers it':
    'katalog pemesanannya; biasanya yang terbaru yang memuatnya',
  'the unit: folder of the request': 'unit: folder permintaan',
  'an id in people.yaml': 'pengenal di people.yaml',
  'a title for people': 'judul untuk dibaca orang',
  'a field of the spec (repeat it)': 'satu isian spec (boleh diulang)',
  'an .xlsx or .csv sheet of accounts': 'lembar akun .xlsx atau .csv',
  'never ask': 'jangan bertanya',
  'with --sheet: name of the collective order; by default the sheet':
    'dengan --sheet: nama permintaan kolektif; biasanya nama lembar',
  'Write the request file that an answered issue form asks for':
    'Menulis berkas permintaan dari formulir issue yang sudah diisi',
  'GitHub login of whoever opened the issue': 'login GitHub yang membuka issue',
  'Write a repository of your own that runs this product at a commit, or update it':
    'Menulis repositori sendiri yang menjalankan produk ini pada satu komit, atau memperbaruinya',
  'where the product is on GitHub': 'letak produk di GitHub',
  'the commit to run, all 40 digits': 'komit yang dijalankan, 40 digit lengkap',
  'Write request files for what stands already; reads targets, writes nothing to them':
    'Menulis berkas permintaan untuk yang sudah ada; membaca sistem tujuan, tidak menulis ke sana',
  'Accounts and groups of a unit': 'Akun dan grup satu unit',
  'the folder of the request files': 'folder berkas permintaan',
  'an id in people.yaml, of that unit': 'pengenal di people.yaml, dari unit itu',
  'the catalogue under which it goes on': 'katalog kelanjutannya',
  'only names with this text; with * the whole name': 'hanya nama yang memuat teks ini; dengan * seluruh nama',
  'only these names, one on each line': 'hanya nama-nama ini, satu per baris',
  'most files of one run': 'berkas terbanyak sekali jalan',
  'name of the collective order; by default the day': 'nama permintaan kolektif; biasanya harinya',
  "an organisational unit within the unit's, without the domain": 'unit organisasi (OU) di dalam OU unit, tanpa domain',
  'what an account without a NIP is: individual or special': 'arti akun tanpa NIP: individual atau special',
  'Names with an address in a zone of a unit': 'Nama beralamat di zona satu unit',
  'a zone of the unit': 'zona milik unit',
  'Tell what a finding means and what to do': 'Menjelaskan arti temuan dan yang harus dilakukan',
  'Make or show the key to which your secrets are sealed': 'Membuat atau menampilkan kunci untuk rahasia Anda',
  'Make your key': 'Membuat kunci Anda',
  'Show your key': 'Menampilkan kunci Anda',
  'file of the secret key': 'berkas kunci rahasia',
  'Open a sealed file with your key': 'Membuka berkas tersegel dengan kunci Anda',
  'Write the schemas that editors complete from': 'Menulis skema untuk pelengkapan di penyunting',
  'write nothing; fail where one is not current': 'tidak menulis; gagal bila ada yang tidak mutakhir',
  'The pull request loop, as the workflows run it': 'Rangkaian pull request, seperti dijalankan alur kerja',
  'Check and plan the pull request of the event; needs no credential of a target':
    'Memeriksa dan merencanakan pull request dari kejadian; tanpa kredensial sistem tujuan',
  'Decide on approvals of the event, or of all open pull requests':
    'Menilai persetujuan dari kejadian, atau semua pull request terbuka',
  'List units with merged and unfulfilled work, for a matrix of jobs':
    'Menampilkan unit dengan pekerjaan yang sudah digabung dan belum terpenuhi',
  'units in which a phase of a term begins too': 'juga unit yang masa layanannya beralih',
  'Carry out merged work of one unit, and tell its pull requests':
    'Mengerjakan yang sudah digabung dari satu unit, dan melaporkannya di pull request',
  'only this pull request': 'hanya pull request ini',
  'the digest of a plan that you confirm anew, 32 digits': 'digest rencana yang ditegaskan lagi, 32 digit',
  'carry out phases of terms that begin too': 'juga mengerjakan peralihan masa layanan',
  'Publish a reading, and keep the issues on what differs or was left behind':
    'Menerbitkan keadaan, dan merawat issue tentang yang berbeda atau tertinggal',
  'only this unit': 'hanya unit ini',
  'list and publish the names in use too': 'juga menerbitkan nama yang sudah dipakai',
  'Open the pull request that takes a merged one back': 'Membuka pull request yang membatalkan yang sudah digabung',
  'Make the pull request that the answered form of the event asks for': 'Membuat pull request dari formulir yang diisi',
  'Show the whole life of the sample requests on the sandbox (npm start)':
    'Menunjukkan seluruh perjalanan permintaan contoh di sandbox (npm start)',
  'forget the sandbox first': 'melupakan sandbox dahulu',
};
