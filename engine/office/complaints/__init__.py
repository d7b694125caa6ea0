"""Complaints and reviews (诉求评价) of other platforms: in, their tickets, answers, out. In reading order: feedbacks, columns, messages,
intaken, refusals, inbound, from_file, shown, answers, proof, proof_sheet, outbound.
"""
