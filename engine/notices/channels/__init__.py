"""The channels that lead out of the program, one a file. In reading order: message, opening, email, sms, chat, chat_services, webhook,
http, line.
"""
