from threading import Thread

x = 0
mutex = Lock()
