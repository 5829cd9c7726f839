"""The words of adding and removing papers in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """What adds and removes papers in one language."""

    add: str
    adding: str
    choose_files: str
    choose_folder: str
    forms: str
    droppable: str
    address: str
    address_hint: str
    fetch: str
    drop: str
    drop_hint: str
    sending: str
    stage_starting: str
    stage_fetching: str
    stage_reading: str
    stage_indexing: str
    stage_stopping: str
    seconds_left: str
    minutes_left: str
    stop: str
    stop_one: str
    retry: str
    clear: str
    dismiss: str
    details: str
    others: str
    summary_added: str
    summary_unchanged: str
    summary_refused: str
    summary_left: str
    state_waiting: str
    state_fetching: str
    state_reading: str
    state_added: str
    state_replaced: str
    state_unchanged: str
    state_refused: str
    state_left: str
    lost: str
    no_papers: str
    too_many: str
    unadded: str
    unadded_more: str
    # removing
    removing: str
    removed: str
    removed_more: str
    removed_for_good: str
    restoring: str
    not_removed: str
    undo: str
    # reasons
    reason_same: str
    reason_stopped: str
    reason_encrypted: str
    reason_scanned: str
    reason_illegible: str
    reason_empty: str
    reason_too_large: str
    reason_too_long: str
    reason_unread_kind: str
    reason_damaged: str
    reason_latex_part: str
    reason_no_address: str
    reason_no_paper: str
    reason_offline: str
    reason_site_busy: str
    reason_site_refused: str
    reason_private_address: str
    reason_library_busy: str
    reason_library_read_only: str
    reason_library_damaged: str
    reason_disk_full: str
    reason_other: str


KOREAN = Texts(
    add="문서 추가",
    adding="문서 추가",
    choose_files="파일 고르기",
    choose_folder="폴더 고르기",
    forms="PDF, HTML, LaTeX, DOCX, HWPX, Markdown, 텍스트 파일을 읽습니다.",
    droppable="화면 어디에나 끌어다 놓아도 됩니다.",
    address="arXiv 번호, DOI, 웹 주소",
    address_hint="예: 2408.03281",
    fetch="가져오기",
    drop="놓으면 추가합니다",
    drop_hint="여러 파일이나 폴더도 한 번에 놓을 수 있습니다",
    sending="파일 보내는 중 {done}/{total}",
    stage_starting="준비하는 중 {done}/{total}",
    stage_fetching="가져오는 중 {done}/{total}",
    stage_reading="읽는 중 {done}/{total}",
    stage_indexing="색인을 만드는 중 {done}/{total}",
    stage_stopping="멈추는 중 {done}/{total}",
    seconds_left="약 {count}초 남음",
    minutes_left="약 {count}분 남음",
    stop="멈추기",
    stop_one="‘{title}’ 멈추기",
    retry="다시 시도",
    clear="결과 지우기",
    dismiss="닫기",
    details="자세히",
    others="다른 사용자가 문서를 추가하고 있습니다.",
    summary_added="{count}편 추가",
    summary_unchanged="{count}편 그대로",
    summary_refused="{count}편 추가 못 함",
    summary_left="{count}편 남음",
    state_waiting="대기",
    state_fetching="가져오는 중",
    state_reading="읽는 중",
    state_added="추가했습니다",
    state_replaced="새 내용으로 바꾸었습니다",
    state_unchanged="이미 있습니다",
    state_refused="추가하지 못했습니다",
    state_left="아직 추가하지 않았습니다",
    lost="파일을 보내다가 연결이 끊겼습니다. 서버가 켜져 있는지 확인하고 다시 놓아 주세요.",
    no_papers="그 폴더에는 읽을 수 있는 논문 파일이 없습니다.",
    too_many="한 번에 파일 {count}개까지 놓을 수 있습니다. 나누어서 놓아 주세요.",
    unadded="서버가 멈추어 {count}개를 끝까지 추가하지 못했습니다: {names}. 다시 놓아 주세요.",
    unadded_more="서버가 멈추어 {count}개를 끝까지 추가하지 못했습니다: {names} 외 {rest}개. 다시 놓아 주세요.",
    removing="‘{title}’ 삭제하는 중",
    removed="‘{title}’ 삭제했습니다",
    removed_more="‘{title}’ 외 {count}편 삭제했습니다",
    removed_for_good="‘{title}’ 삭제했습니다. 손상된 문서여서 되돌릴 수 없습니다.",
    restoring="‘{title}’ 되돌리는 중",
    not_removed="‘{title}’ 삭제하지 못했습니다.",
    undo="되돌리기",
    reason_same="같은 내용의 문서가 이미 있습니다.",
    reason_stopped="읽기 전에 멈추었습니다. 다시 시도하면 이어서 읽습니다.",
    reason_encrypted="암호가 걸려 있습니다. 암호를 풀어 저장한 뒤 다시 추가하세요.",
    reason_scanned="글자가 없는 스캔 문서나 그림입니다. OCR로 글자를 넣은 PDF를 만들어 추가하세요.",
    reason_illegible="글꼴에 글자 정보가 없어 읽을 수 없는 PDF입니다. OCR로 글자를 새로 넣은 PDF를 만들어 추가하세요.",
    reason_empty="글이 들어 있지 않은 파일입니다. 내용이 있는 파일을 추가하세요.",
    reason_too_large="파일이 너무 큽니다. 나누어서 추가하세요.",
    reason_too_long="읽는 데 시간이나 메모리가 너무 많이 들어 멈추었습니다. 나누거나 새로 저장한 뒤 추가하세요.",
    reason_unread_kind="읽을 수 없는 종류의 파일입니다. PDF, DOCX, HWPX, HTML, Markdown 등으로 저장해 추가하세요.",
    reason_damaged="파일이 손상되었거나 끝까지 받지 못했습니다. 다시 내려받거나 새로 저장해 추가하세요.",
    reason_latex_part="LaTeX 논문의 일부입니다. 본문 파일(main.tex)이나 묶음 파일을 추가하세요.",
    reason_no_address="arXiv 번호나 DOI, 웹 주소로 읽을 수 없습니다. 2408.03281처럼 적거나 파일을 추가하세요.",
    reason_no_paper="그곳에서 논문을 찾지 못했습니다. 번호나 주소를 확인하세요.",
    reason_offline="인터넷에 연결할 수 없습니다. 연결을 확인하고 다시 시도하거나 PDF 파일을 추가하세요.",
    reason_site_busy="그 사이트가 지금 바쁩니다. 몇 분 뒤에 다시 시도하세요.",
    reason_site_refused="그 사이트가 논문을 내주지 않았습니다. 브라우저에서 PDF로 저장해 추가하세요.",
    reason_private_address="내부 네트워크 주소는 가져오지 않습니다. 공개된 주소를 넣거나 파일을 추가하세요.",
    reason_library_busy="다른 프로그램이 이 라이브러리에 쓰고 있습니다. 끝난 뒤에 다시 시도하세요.",
    reason_library_read_only="라이브러리 폴더에 쓸 수 없습니다. 쓰기 권한을 주고 다시 시도하세요.",
    reason_library_damaged="라이브러리가 손상되어 읽을 수 없습니다. 백업에서 복원하거나 문서를 다시 추가하세요.",
    reason_disk_full="디스크에 남은 공간이 없습니다. 공간을 비우고 다시 시도하세요.",
    reason_other="추가하지 못했습니다. 자세한 내용을 확인하세요.",
)

ENGLISH = Texts(
    add="Add papers",
    adding="Adding papers",
    choose_files="Choose files",
    choose_folder="Choose a folder",
    forms="PDF, HTML, LaTeX, DOCX, HWPX, Markdown and text files are read.",
    droppable="You can also drop them anywhere on the page.",
    address="arXiv ids, DOIs or web addresses",
    address_hint="e.g. 2408.03281",
    fetch="Fetch",
    drop="Drop to add",
    drop_hint="Several files or a folder at once are fine",
    sending="Sending file {done} of {total}",
    stage_starting="Getting ready, {done} of {total}",
    stage_fetching="Fetching, {done} of {total}",
    stage_reading="Reading, {done} of {total}",
    stage_indexing="Indexing, {done} of {total}",
    stage_stopping="Stopping, {done} of {total}",
    seconds_left="about {count} s left",
    minutes_left="about {count} min left",
    stop="Stop",
    stop_one="Stop “{title}”",
    retry="Try again",
    clear="Clear results",
    dismiss="Dismiss",
    details="Details",
    others="Somebody else is adding papers.",
    summary_added="{count} added",
    summary_unchanged="{count} unchanged",
    summary_refused="{count} not added",
    summary_left="{count} left",
    state_waiting="waiting",
    state_fetching="fetching",
    state_reading="reading",
    state_added="added",
    state_replaced="replaced by its new text",
    state_unchanged="there already",
    state_refused="not added",
    state_left="not added yet",
    lost="The connection broke while the file was sent. Check that the server runs, then drop it again.",
    no_papers="That folder holds no paper that can be read.",
    too_many="At most {count} files can be dropped at once. Drop them in parts.",
    unadded="The server stopped before it had added {count}: {names}. Drop them again.",
    unadded_more="The server stopped before it had added {count}: {names} and {rest} more. Drop them again.",
    removing="Removing “{title}”",
    removed="Removed “{title}”",
    removed_more="Removed “{title}” and {count} more",
    removed_for_good="Removed “{title}”. It was damaged, so this cannot be undone.",
    restoring="Putting “{title}” back",
    not_removed="“{title}” could not be removed.",
    undo="Undo",
    reason_same="The same text is in the Library already.",
    reason_stopped="It was stopped before it was read. Try again to go on.",
    reason_encrypted="It has a password. Save it without one and add it again.",
    reason_scanned="It is a picture or a scan without text. Make a PDF with text by OCR and add that.",
    reason_illegible="Its fonts do not say which letters they draw. Make a PDF with new text by OCR and add that.",
    reason_empty="There is no text in it. Add a file with content.",
    reason_too_large="The file is too large. Split it and add the parts.",
    reason_too_long="Reading it took too much time or memory and was stopped. Split it or save it anew.",
    reason_unread_kind="Files of this kind are not read. Save it as PDF, DOCX, HWPX, HTML or Markdown and add that.",
    reason_damaged="The file is damaged or cut off. Download or save it again and add that.",
    reason_latex_part="It is a part of a LaTeX paper. Add its main file or the packed source.",
    reason_no_address="That is no arXiv id, DOI or web address. Write it like 2408.03281, or add the file.",
    reason_no_paper="There is no paper at that place. Check the id or the address.",
    reason_offline="The internet cannot be reached. Check the connection and try again, or add the PDF file.",
    reason_site_busy="The site is busy just now. Try again in some minutes.",
    reason_site_refused="The site did not give the paper out. Save it as PDF in your browser and add that.",
    reason_private_address="Addresses of a private network are not fetched. Give a public one, or add the file.",
    reason_library_busy="Another program is writing to this Library. Try again when it is done.",
    reason_library_read_only="The Library's folder cannot be written. Give it write rights and try again.",
    reason_library_damaged="The Library is damaged and cannot be read. Restore a backup or add the papers again.",
    reason_disk_full="No space is left on the disk. Make some and try again.",
    reason_other="It could not be added. See the details.",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}
