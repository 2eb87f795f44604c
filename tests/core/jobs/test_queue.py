import json
import pickle
import sqlite3
from uuid import uuid4

import pytest

from lms.core.jobs.queue import NAME, JsonSerializer, Queue, build_huey


class Explosive:
    def __reduce__(self):
        return (pytest.fail, ("a pickle from the queue ran code",))


def test_a_job_goes_through_the_queue_as_json(tmp_path):
    ran = []
    queue = Queue("", tmp_path, ran.append)
    job_id = uuid4()
    queue.send([job_id])
    with sqlite3.connect(tmp_path / "jobs.db") as connection:
        (stored,) = connection.execute("SELECT data FROM task").fetchone()
    connection.close()
    assert str(job_id) in json.dumps(json.loads(stored))
    assert queue.waiting() == {job_id}
    queue.close()


def test_a_pickle_is_refused_without_running_it():
    with pytest.raises(ValueError, match=r"decode|Expecting"):
        JsonSerializer().deserialize(pickle.dumps(Explosive()))


def test_json_that_is_no_message_is_refused():
    with pytest.raises(TypeError):
        JsonSerializer().deserialize(b'{"id": 1}')


def test_a_pickle_put_in_the_queue_by_a_stranger_never_reaches_a_job(tmp_path):
    huey = build_huey("", tmp_path)
    huey.storage.enqueue(pickle.dumps(Explosive()))
    with pytest.raises(ValueError, match=r"decode|Expecting"):
        huey.dequeue()
    assert huey.storage.queue_size() == 0
    huey.storage.close()


def test_building_a_queue_touches_nothing(tmp_path):
    Queue("", tmp_path / "nowhere", print)
    Queue("postgresql://nobody@127.0.0.1:1/none", tmp_path, print)
    assert not (tmp_path / "nowhere").exists()


def test_a_queue_out_of_reach_is_logged_and_not_raised(tmp_path, caplog):
    Queue("postgresql://nobody@127.0.0.1:1/none", tmp_path, print).send([uuid4()])
    assert "no responde" in caplog.text


def test_an_unknown_address_is_named(tmp_path):
    with pytest.raises(ValueError, match="amqp"):
        build_huey("amqp://localhost", tmp_path)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("", "sqlite"),
        ("postgresql+psycopg://a@/b", "postgresql"),
        ("redis://h/0", "redis"),
        ("memory://", "memory"),
    ],
)
def test_the_address_says_what_carries_the_messages(tmp_path, address, kind):
    assert Queue(address, tmp_path, print).kind == kind


def test_messages_on_postgresql_survive_the_sender(database, tmp_path):
    _database_url, queue_url = database
    job_id = uuid4()
    sender, receiver = (Queue(queue_url, tmp_path, print) for _ in range(2))
    sender.send([job_id])
    sender.close()
    assert receiver.waiting() == {job_id}
    assert receiver.size() == 1
    receiver.close()
    assert NAME == "ruta"
